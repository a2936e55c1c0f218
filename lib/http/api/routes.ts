import type { Route } from "./route.ts";
import { accountManagerRoute } from "./routes/account-manager-route.ts";
import { accountRoute } from "./routes/account-route.ts";
import { accountTwoPeopleRoute } from "./routes/account-two-people-route.ts";
import { accountZoneRoute } from "./routes/account-zone-route.ts";
import { accountsRoute } from "./routes/accounts-route.ts";
import { auditEntryRoute } from "./routes/audit-entry-route.ts";
import { auditExportRoute } from "./routes/audit-export-route.ts";
import { auditHeadRoute } from "./routes/audit-head-route.ts";
import { auditKeysRoute } from "./routes/audit-keys-route.ts";
import { auditRoute } from "./routes/audit-route.ts";
import { batchRoute } from "./routes/batch-route.ts";
import { batchUndoRoute } from "./routes/batch-undo-route.ts";
import { flagChangesRoute } from "./routes/flag-changes-route.ts";
import { flagRoute } from "./routes/flag-route.ts";
import { flagsRoute } from "./routes/flags-route.ts";
import { flagsStreamRoute } from "./routes/flags-stream-route.ts";
import { metricsRoute } from "./routes/metrics-route.ts";
import { numberFlagRoute } from "./routes/number-flag-route.ts";
import { numberHistoryRoute } from "./routes/number-history-route.ts";
import { numberRetiredRoute } from "./routes/number-retired-route.ts";
import { numberRoute } from "./routes/number-route.ts";
import { numbersRoute } from "./routes/numbers-route.ts";
import { ofrepFlagRoute } from "./routes/ofrep-flag-route.ts";
import { ofrepFlagsRoute } from "./routes/ofrep-flags-route.ts";
import { healthRoute, readyRoute } from "./routes/probe-routes.ts";
import { reportsRoute } from "./routes/reports-route.ts";
import { requestDeclineRoute } from "./routes/request-decline-route.ts";
import { requestRoute } from "./routes/request-route.ts";
import { requestWithdrawRoute } from "./routes/request-withdraw-route.ts";
import { requestsRoute } from "./routes/requests-route.ts";
import { rosterRoute } from "./routes/roster-route.ts";
import { scheduleCancelRoute } from "./routes/schedule-cancel-route.ts";
import { scheduleMoveRoute } from "./routes/schedule-move-route.ts";
import { scheduleRoute } from "./routes/schedule-route.ts";
import { schedulesRoute } from "./routes/schedules-route.ts";
import { webhookDeliveriesRoute } from "./routes/webhook-deliveries-route.ts";
import { webhookEndpointRoute } from "./routes/webhook-endpoint-route.ts";
import { webhookEndpointsRoute } from "./routes/webhook-endpoints-route.ts";
import { webhookReplayRoute } from "./routes/webhook-replay-route.ts";
import { webhookRotateRoute } from "./routes/webhook-rotate-route.ts";
import { webhookTestRoute } from "./routes/webhook-test-route.ts";

/** Every route with its documentation, in the order of the OpenAPI document. */
export const ROUTES: readonly Route[] = [
  flagsRoute,
  flagsStreamRoute,
  flagRoute,
  ofrepFlagRoute,
  ofrepFlagsRoute,
  numbersRoute,
  numberRoute,
  numberFlagRoute,
  flagChangesRoute,
  numberHistoryRoute,
  numberRetiredRoute,
  accountsRoute,
  accountRoute,
  accountManagerRoute,
  accountZoneRoute,
  accountTwoPeopleRoute,
  requestsRoute,
  requestRoute,
  requestWithdrawRoute,
  requestDeclineRoute,
  batchRoute,
  batchUndoRoute,
  webhookEndpointsRoute,
  webhookEndpointRoute,
  webhookRotateRoute,
  webhookTestRoute,
  webhookDeliveriesRoute,
  webhookReplayRoute,
  schedulesRoute,
  scheduleRoute,
  scheduleCancelRoute,
  scheduleMoveRoute,
  auditRoute,
  auditExportRoute,
  auditHeadRoute,
  auditKeysRoute,
  // After the other paths of this form: the first match wins.
  auditEntryRoute,
  rosterRoute,
  reportsRoute,
  healthRoute,
  readyRoute,
  metricsRoute,
];
