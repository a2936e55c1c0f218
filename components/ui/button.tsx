import type { VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { buttonStyle } from "./button-style.ts";

type ButtonProps = Omit<ComponentProps<"button">, "className"> & VariantProps<typeof buttonStyle>;

export function Button({ variant, type = "button", ...props }: ButtonProps) {
  return <button type={type} className={buttonStyle({ variant })} {...props} />;
}
