import type { ComponentProps } from "react";

/**
 * An SVG with its content as text. As elements they could come late where a page is long, and React hides
 * what comes late inside an SVG by a `style` attribute, which the page's policy refuses.
 *
 * @param props.content SVG markup of our own; never what somebody typed
 */
export function InlineSvg({
  content,
  ...props
}: Omit<ComponentProps<"svg">, "children"> & { content: string }) {
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: never of what somebody typed
    <svg aria-hidden="true" {...props} dangerouslySetInnerHTML={{ __html: content }} />
  );
}
