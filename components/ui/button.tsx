import type { ComponentProps } from "react";
import { type ButtonVariant, buttonStyle } from "./button-style.ts";

type ButtonProps = Omit<ComponentProps<"button">, "className"> & { variant?: ButtonVariant };

export function Button({ variant, type = "button", ...props }: ButtonProps) {
  return <button type={type} className={buttonStyle({ variant })} {...props} />;
}
