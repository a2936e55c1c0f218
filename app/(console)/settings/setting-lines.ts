import { getTranslations } from "next-intl/server";
import type { SettingLine } from "#components/settings/settings-section.tsx";
import type { Settings } from "#lib/settings/read-settings.ts";

type Throttle = Settings["signIn"]["throttle"]["account"];
type Words = Awaited<ReturnType<typeof getTranslations<"settings">>>;

/** The settings in words, section by section. */
export async function toSections(
  settings: Settings,
): Promise<{ title: string; lines: SettingLine[] }[]> {
  const t = await getTranslations("settings");
  return [
    { title: t("installation"), lines: ofInstallation(settings, t) },
    { title: t("signIn"), lines: ofSignIn(settings, t) },
    { title: t("sessions"), lines: ofSessions(settings, t) },
    { title: t("tokens"), lines: ofTokens(settings, t) },
    { title: t("trail"), lines: ofTrail(settings, t) },
    { title: t("webhooks"), lines: ofWebhooks(settings, t) },
    { title: t("kept"), lines: ofKept(settings, t) },
  ];
}

function ofInstallation(settings: Settings, t: Words): SettingLine[] {
  const { isDemo, address, dataDir, listensOn, hasDirectDatabase, logLevel } = settings;
  const proxies = t("proxiesAre", { count: settings.trustedProxyHops });
  const direct = t(hasDirectDatabase ? "directOwn" : "directSame");
  return [
    { name: t("kind"), value: t(isDemo ? "demo" : "own"), setBy: ["DATABASE_URL"] },
    { name: t("address"), value: address, setBy: ["NEXTAUTH_URL"] },
    ...(isDemo ? [{ name: t("folder"), value: dataDir, setBy: ["DATA_DIR"] }] : []),
    { name: t("listens"), value: listensOn, setBy: ["HOST", "PORT"] },
    { name: t("proxies"), value: proxies, setBy: ["TRUSTED_PROXY_HOPS"] },
    { name: t("direct"), value: direct, setBy: ["DIRECT_DATABASE_URL"] },
    { name: t("logLevel"), value: logLevel, setBy: ["LOG_LEVEL"] },
    { name: t("clock"), value: toClock(settings, t), setBy: "measured" },
  ];
}

function toClock({ clockOffSeconds: off }: Settings, t: Words): string {
  if (off === null) return t("clockRight");
  return t(off > 0 ? "clockAhead" : "clockBehind", { seconds: Math.abs(off) });
}

function ofSignIn({ signIn }: Settings, t: Words): SettingLine[] {
  const { provider, hasPasswords, fewestCharacters, firstAdmin } = signIn;
  const passwords = hasPasswords
    ? t("passwordsOn", { count: fewestCharacters })
    : t("passwordsOff");
  const roleClaim = provider?.roleClaim;
  const claim = roleClaim ? t("roleClaimIs", { claim: roleClaim }) : t("rolesFromAdmins");
  const issuer = provider?.issuer ?? t("providerOff");
  const client = provider?.clientId ?? t("none");
  const trusted = t(provider?.trustsEmail ? "trustsAll" : "trustsVerified");
  return [
    { name: t("passwords"), value: passwords, setBy: ["PASSWORD_SIGN_IN"] },
    { name: t("wrongForAccount"), value: toThrottle(signIn.throttle.account, t), setBy: [] },
    { name: t("wrongFromAddress"), value: toThrottle(signIn.throttle.address, t), setBy: [] },
    { name: t("provider"), value: issuer, setBy: ["OIDC_ISSUER"] },
    { name: t("client"), value: client, setBy: ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] },
    { name: t("roleClaim"), value: claim, setBy: ["OIDC_ROLE_CLAIM"] },
    { name: t("trustsEmail"), value: trusted, setBy: ["OIDC_TRUST_EMAIL"] },
    { name: t("firstAdmin"), value: firstAdmin ?? t("none"), setBy: ["BOOTSTRAP_ADMIN_EMAIL"] },
  ];
}

function toThrottle({ free, longestSeconds }: Throttle, t: Words): string {
  return t("patience", { free, minutes: longestSeconds / 60 });
}

function ofSessions({ session, keptFor }: Settings, t: Words): SettingLine[] {
  const lasts = t("sessionLasts", { life: session.lifeHours, idle: session.idleHours });
  return [
    { name: t("session"), value: lasts, setBy: [] },
    { name: t("sessionKept"), value: t("days", { count: keptFor.session.days }), setBy: [] },
    { name: t("sessionSecret"), value: t("secret"), setBy: ["NEXTAUTH_SECRET"] },
  ];
}

function ofTokens({ tokens }: Settings, t: Words): SettingLine[] {
  const { longestLifeDays, longestOverlapDays, guesses } = tokens;
  return [
    { name: t("tokenLife"), value: t("atMostDays", { count: longestLifeDays }), setBy: [] },
    { name: t("overlap"), value: t("atMostDays", { count: longestOverlapDays }), setBy: [] },
    { name: t("guesses"), value: t("guessesAre", guesses), setBy: [] },
  ];
}

function ofTrail({ trail }: Settings, t: Words): SettingLine[] {
  const { keyId, isKeyDerived, formerKeyCount, headsGoTo, headJournal } = trail;
  const { retentionDays, archiveDir } = trail;
  const key = isKeyDerived ? t("derived", { key: keyId }) : keyId;
  const kept =
    retentionDays === null ? t("permanently") : t("thenArchived", { count: retentionDays });
  const former = t("count", { count: formerKeyCount });
  return [
    { name: t("key"), value: key, setBy: ["AUDIT_SIGNING_KEY"] },
    { name: t("formerKeys"), value: former, setBy: ["AUDIT_FORMER_PUBLIC_KEYS"] },
    { name: t("headsGoTo"), value: headsGoTo ?? t("nowhere"), setBy: ["AUDIT_HEAD_URL"] },
    { name: t("headJournal"), value: headJournal, setBy: ["AUDIT_HEAD_JOURNAL"] },
    { name: t("trailKept"), value: kept, setBy: ["AUDIT_RETENTION_DAYS"] },
    { name: t("archives"), value: archiveDir, setBy: ["AUDIT_ARCHIVE_DIR"] },
  ];
}

function ofWebhooks({ webhooks }: Settings, t: Words): SettingLine[] {
  const { isKeyDerived, ports, hosts, privateNetworks, proxy } = webhooks;
  const key = t(isKeyDerived ? "webhookKeyDerived" : "secret");
  const networks = privateNetworks.join(", ") || t("none");
  return [
    { name: t("webhookKey"), value: key, setBy: ["WEBHOOK_KEY"] },
    { name: t("webhookPorts"), value: ports.join(", "), setBy: ["WEBHOOK_PORTS"] },
    { name: t("webhookHosts"), value: hosts?.join(", ") ?? t("anyHost"), setBy: ["WEBHOOK_HOSTS"] },
    { name: t("webhookNetworks"), value: networks, setBy: ["WEBHOOK_PRIVATE_NETWORKS"] },
    { name: t("webhookProxy"), value: proxy ?? t("none"), setBy: ["WEBHOOK_PROXY"] },
  ];
}

function ofKept({ keptFor }: Settings, t: Words): SettingLine[] {
  const days = (period: { days: number }) => t("days", { count: period.days });
  const months = t("months", { count: keptFor.traffic_count.months });
  return [
    { name: t("notices"), value: days(keptFor.notice), setBy: [] },
    { name: t("deliveries"), value: days(keptFor.webhook_delivery), setBy: [] },
    { name: t("selections"), value: days(keptFor.selection), setBy: [] },
    { name: t("counts"), value: months, setBy: [] },
    { name: t("receipts"), value: days(keptFor.report_receipt), setBy: [] },
    { name: t("instances"), value: days(keptFor.runtime_instance), setBy: [] },
  ];
}
