import * as lucide from "lucide";
import type { ComponentProps, ReactElement } from "react";
import { InlineSvg } from "./inline-svg.tsx";

export type Icon = (props: ComponentProps<"svg">) => ReactElement;

/**
 * Makes an icon of its shapes: plain SVG, hidden from screen readers. The icons of `lucide-react` are parts
 * that the browser draws, whose shapes are sent with the page once for each icon, and once more as SVG.
 */
function toIcon(shapes: lucide.IconNode): Icon {
  const content = shapes.map(toMarkup).join("");
  return (props) => (
    <InlineSvg
      viewBox="0 0 24 24"
      width={24}
      height={24}
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      {...props}
      content={content}
    />
  );
}

function toMarkup([name, attributes]: lucide.IconNode[number]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${value}"`);
  return `<${name}${written.join("")}/>`;
}

export const Archive = /* @__PURE__ */ toIcon(lucide.Archive);
export const ArrowDown = /* @__PURE__ */ toIcon(lucide.ArrowDown);
export const ArrowLeft = /* @__PURE__ */ toIcon(lucide.ArrowLeft);
export const ArrowRight = /* @__PURE__ */ toIcon(lucide.ArrowRight);
export const ArrowUp = /* @__PURE__ */ toIcon(lucide.ArrowUp);
export const AtSign = /* @__PURE__ */ toIcon(lucide.AtSign);
export const Ban = /* @__PURE__ */ toIcon(lucide.Ban);
export const Bell = /* @__PURE__ */ toIcon(lucide.Bell);
export const Building2 = /* @__PURE__ */ toIcon(lucide.Building2);
export const CalendarCheck = /* @__PURE__ */ toIcon(lucide.CalendarCheck);
export const CalendarClock = /* @__PURE__ */ toIcon(lucide.CalendarClock);
export const CalendarOff = /* @__PURE__ */ toIcon(lucide.CalendarOff);
export const CalendarPlus = /* @__PURE__ */ toIcon(lucide.CalendarPlus);
export const CalendarX = /* @__PURE__ */ toIcon(lucide.CalendarX);
export const Check = /* @__PURE__ */ toIcon(lucide.Check);
export const ChevronLeft = /* @__PURE__ */ toIcon(lucide.ChevronLeft);
export const ChevronRight = /* @__PURE__ */ toIcon(lucide.ChevronRight);
export const ChevronsUpDown = /* @__PURE__ */ toIcon(lucide.ChevronsUpDown);
export const Circle = /* @__PURE__ */ toIcon(lucide.Circle);
export const CircleAlert = /* @__PURE__ */ toIcon(lucide.CircleAlert);
export const CircleCheck = /* @__PURE__ */ toIcon(lucide.CircleCheck);
export const CircleDashed = /* @__PURE__ */ toIcon(lucide.CircleDashed);
export const CircleHelp = /* @__PURE__ */ toIcon(lucide.CircleHelp);
export const CircleOff = /* @__PURE__ */ toIcon(lucide.CircleOff);
export const CircleX = /* @__PURE__ */ toIcon(lucide.CircleX);
export const Clock = /* @__PURE__ */ toIcon(lucide.Clock);
export const Copy = /* @__PURE__ */ toIcon(lucide.Copy);
export const FileDown = /* @__PURE__ */ toIcon(lucide.FileDown);
export const Fingerprint = /* @__PURE__ */ toIcon(lucide.Fingerprint);
export const FlaskConical = /* @__PURE__ */ toIcon(lucide.FlaskConical);
export const FolderArchive = /* @__PURE__ */ toIcon(lucide.FolderArchive);
export const Hash = /* @__PURE__ */ toIcon(lucide.Hash);
export const History = /* @__PURE__ */ toIcon(lucide.History);
export const Hourglass = /* @__PURE__ */ toIcon(lucide.Hourglass);
export const Inbox = /* @__PURE__ */ toIcon(lucide.Inbox);
export const KeyRound = /* @__PURE__ */ toIcon(lucide.KeyRound);
export const List = /* @__PURE__ */ toIcon(lucide.List);
export const LogIn = /* @__PURE__ */ toIcon(lucide.LogIn);
export const LogOut = /* @__PURE__ */ toIcon(lucide.LogOut);
export const Menu = /* @__PURE__ */ toIcon(lucide.Menu);
export const MessageSquareCheck = /* @__PURE__ */ toIcon(lucide.MessageSquareCheck);
export const MessageSquareMore = /* @__PURE__ */ toIcon(lucide.MessageSquareMore);
export const MessageSquareOff = /* @__PURE__ */ toIcon(lucide.MessageSquareOff);
export const MessageSquarePlus = /* @__PURE__ */ toIcon(lucide.MessageSquarePlus);
export const MessageSquareReply = /* @__PURE__ */ toIcon(lucide.MessageSquareReply);
export const MessageSquareWarning = /* @__PURE__ */ toIcon(lucide.MessageSquareWarning);
export const MessageSquareX = /* @__PURE__ */ toIcon(lucide.MessageSquareX);
export const Pencil = /* @__PURE__ */ toIcon(lucide.Pencil);
export const PowerOff = /* @__PURE__ */ toIcon(lucide.PowerOff);
export const Radio = /* @__PURE__ */ toIcon(lucide.Radio);
export const RefreshCw = /* @__PURE__ */ toIcon(lucide.RefreshCw);
export const RotateCw = /* @__PURE__ */ toIcon(lucide.RotateCw);
export const ScrollText = /* @__PURE__ */ toIcon(lucide.ScrollText);
export const Search = /* @__PURE__ */ toIcon(lucide.Search);
export const Send = /* @__PURE__ */ toIcon(lucide.Send);
export const Server = /* @__PURE__ */ toIcon(lucide.Server);
export const Settings = /* @__PURE__ */ toIcon(lucide.Settings);
export const ShieldAlert = /* @__PURE__ */ toIcon(lucide.ShieldAlert);
export const ShieldCheck = /* @__PURE__ */ toIcon(lucide.ShieldCheck);
export const ShieldQuestion = /* @__PURE__ */ toIcon(lucide.ShieldQuestion);
export const Smartphone = /* @__PURE__ */ toIcon(lucide.Smartphone);
export const Trash = /* @__PURE__ */ toIcon(lucide.Trash);
export const TrendingDown = /* @__PURE__ */ toIcon(lucide.TrendingDown);
export const TriangleAlert = /* @__PURE__ */ toIcon(lucide.TriangleAlert);
export const Undo2 = /* @__PURE__ */ toIcon(lucide.Undo2);
export const Upload = /* @__PURE__ */ toIcon(lucide.Upload);
export const User = /* @__PURE__ */ toIcon(lucide.User);
export const UserCheck = /* @__PURE__ */ toIcon(lucide.UserCheck);
export const UserCog = /* @__PURE__ */ toIcon(lucide.UserCog);
export const UserPen = /* @__PURE__ */ toIcon(lucide.UserPen);
export const UserPlus = /* @__PURE__ */ toIcon(lucide.UserPlus);
export const UserRoundMinus = /* @__PURE__ */ toIcon(lucide.UserRoundMinus);
export const UserX = /* @__PURE__ */ toIcon(lucide.UserX);
export const Users = /* @__PURE__ */ toIcon(lucide.Users);
export const VolumeX = /* @__PURE__ */ toIcon(lucide.VolumeX);
export const Webhook = /* @__PURE__ */ toIcon(lucide.Webhook);
export const X = /* @__PURE__ */ toIcon(lucide.X);
