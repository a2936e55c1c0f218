export { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from "#lib/http/api/mount.ts";
