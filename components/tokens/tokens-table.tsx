import { useTranslations } from "next-intl";
import type { TokenRecord } from "#lib/tokens/token-record.ts";
import { isolate } from "../ui/isolate.ts";
import { RowTable } from "../ui/row-table.tsx";
import { LastUse } from "./last-use.tsx";
import type { RevokeToken, RotateToken, TargetToken } from "./token-actions.ts";
import { RevokeButton, RotateButton } from "./token-buttons.tsx";
import { TokenState } from "./token-state.tsx";

const COLUMNS = [
  { key: "columnToken", style: "" },
  { key: "columnFor", style: "" },
  { key: "columnUsed", style: "w-40" },
  { key: "columnState", style: "w-52" },
  { key: "columnActions", style: "w-72" },
] as const;

type Viewer = {
  id: string;
  /** Whether they may revoke every token, and rotate those of programs. */
  isManager: boolean;
  /** Whether they are asked for their password before a new token. */
  asksPassword: boolean;
  /** False in a session that began with a password that an admin created. */
  canCreate: boolean;
};

/** The tokens, a row each; on a narrow screen each row becomes a block. */
export function TokensTable({
  tokens,
  viewer,
  rotate,
  revoke,
}: {
  tokens: readonly TokenRecord[];
  viewer: Viewer;
  rotate: RotateToken;
  revoke: RevokeToken;
}) {
  const t = useTranslations("tokens");
  return (
    <RowTable
      caption={t("title")}
      columns={COLUMNS.map(({ key, style }) => ({ name: t(key), style }))}
    >
      {tokens.map((token) => (
        <tr key={token.id}>
          <th scope="row">
            <span className="font-medium wrap-anywhere">
              <bdi>{token.name}</bdi>
            </span>
            <code className="block font-mono text-meta text-muted">{token.prefix}…</code>
          </th>
          <td>
            <Purpose token={token} viewer={viewer} />
          </td>
          <td>
            <LastUse lastUse={token.lastUse} />
          </td>
          <td>
            <TokenState token={token} />
          </td>
          <td>
            <Buttons token={token} viewer={viewer} rotate={rotate} revoke={revoke} />
          </td>
        </tr>
      ))}
    </RowTable>
  );
}

function Purpose({ token: { owner, scopes }, viewer }: { token: TokenRecord; viewer: Viewer }) {
  const t = useTranslations("tokens");
  const roleName = useTranslations("role");
  if (owner) {
    const role = roleName(owner.role);
    return (
      <>
        <span className="block wrap-anywhere">
          {owner.id === viewer.id
            ? t("asYou", { role })
            : t("as", { name: isolate(owner.name), role })}
        </span>
        <span className="block text-meta text-muted wrap-anywhere">{owner.email}</span>
      </>
    );
  }
  return (
    <>
      <span className="block">{t("program")}</span>
      <code className="block font-mono text-meta text-muted">{scopes.join(" ")}</code>
    </>
  );
}

function Buttons({
  token,
  viewer,
  rotate,
  revoke,
}: {
  token: TokenRecord;
  viewer: Viewer;
  rotate: RotateToken;
  revoke: RevokeToken;
}) {
  const { id, name, kind, owner, state } = token;
  if (state === "revoked" || state === "expired") return null;
  const isOwn = owner?.id === viewer.id;
  const canRotate = viewer.canCreate && state === "working" && (owner ? isOwn : viewer.isManager);
  const actedOn: TargetToken = { id, name, kind };
  return (
    <div className="flex flex-wrap gap-2 pt-1 lg:pt-0">
      {canRotate && (
        <RotateButton token={actedOn} asksPassword={viewer.asksPassword} rotate={rotate} />
      )}
      {(isOwn || viewer.isManager) && <RevokeButton token={actedOn} revoke={revoke} />}
    </div>
  );
}
