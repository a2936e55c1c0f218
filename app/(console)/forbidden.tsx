export { Forbidden as default } from "#components/forbidden.tsx";
