import { authorizedIdentityRoutes } from './authorized-identity/routes';
import { channelRoutes } from './channels/routes';
import { accountRoutes } from './clerk/accounts';
import { accountImportRoute } from './clerk/account-import';
import { accountSessionRoutes } from './clerk/account-sessions';
import { administrativeActRoutes } from './clerk/administrative-acts';
import { actionRoutes } from './clerk/actions';
import { batchRoutes } from './clerk/batches';
import { authorityNameRoute } from './clerk/authorities';
import { claimRoutes } from './clerk/claims';
import { actionExportRoute } from './clerk/action-export';
import { unusualUseRoute } from './clerk/unusual-use';
import { figureRoutes } from './clerk/figures';
import { clerkComplaintRoutes } from './clerk/complaints';
import { flagRoutes } from './clerk/flags';
import { clerkJourneyRoutes } from './clerk/journeys';
import { personalDataRoutes } from './clerk/personal-data';
import { searchRoutes } from './clerk/search';
import { clerkMatterRoutes } from './clerk/matters';
import { providerAccountRoutes } from './clerk/provider-accounts';
import { providerSignInRoutes } from './clerk/provider-sign-ins';
import { reviewerLotRoutes } from './clerk/reviewer-lots';
import { ownFactorRoutes } from './clerk/own-factors';
import { ownSessionRoutes } from './clerk/own-sessions';
import { savedViewRoutes } from './clerk/saved-views';
import { scanRoutes } from './clerk/scans';
import { secondFactorRoutes } from './clerk/second-factors';
import { clerkSessionRoutes } from './clerk/sessions';
import { undeliveredCallbackRoutes } from './clerk/undelivered-callbacks';
import { worklistRoutes } from './clerk/worklist';
import { worklistEventsRoute } from './clerk/worklist-events';
import { complaintRoutes } from './complaints/routes';
import type { Route } from './define-route';
import type { ApiDependencies } from './dependencies';
import { documentRoutes } from './documents/routes';
import { evidenceRoutes } from './evidence/routes';
import { verificationRoute } from './evidence/verifications';
import { healthRoutes } from './health/routes';
import { confirmationRecordRoutes } from './journeys/confirmation-records';
import { documentRoute } from './journeys/documents';
import { invitedToDoRoute } from './journeys/invitations';
import { journeyRoutes } from './journeys/routes';
import { toDoRoutes } from './journeys/to-dos';
import { logRoutes } from './log/routes';
import { metricsRoutes } from './metrics/routes';
import { registryRoutes } from './registry/routes';
import { sessionRoutes } from './sessions/routes';
import { supportRoutes } from './support/routes';

/** Every route there is: what is served, described and tested. */
export function routesOf(dependencies: ApiDependencies): Route[] {
  return [
    ...sessionRoutes(dependencies),
    ...authorizedIdentityRoutes(dependencies),
    ...journeyRoutes(dependencies),
    ...toDoRoutes(dependencies),
    documentRoute(dependencies),
    invitedToDoRoute(dependencies),
    ...confirmationRecordRoutes(dependencies),
    verificationRoute(dependencies),
    ...registryRoutes(dependencies),
    ...channelRoutes(dependencies),
    ...documentRoutes(dependencies),
    ...supportRoutes(dependencies),
    ...complaintRoutes(dependencies),
    ...clerkSessionRoutes(dependencies),
    ...providerSignInRoutes(dependencies),
    ...secondFactorRoutes(dependencies),
    ...ownFactorRoutes(dependencies),
    ...ownSessionRoutes(dependencies),
    ...worklistRoutes(dependencies),
    ...undeliveredCallbackRoutes(dependencies),
    worklistEventsRoute(dependencies),
    ...savedViewRoutes(dependencies),
    ...claimRoutes(dependencies),
    ...clerkJourneyRoutes(dependencies),
    ...personalDataRoutes(dependencies),
    ...searchRoutes(dependencies),
    ...scanRoutes(dependencies),
    ...batchRoutes(dependencies),
    ...clerkMatterRoutes(dependencies),
    ...flagRoutes(dependencies),
    ...clerkComplaintRoutes(dependencies),
    ...reviewerLotRoutes(dependencies),
    ...accountRoutes(dependencies),
    ...providerAccountRoutes(dependencies),
    ...accountSessionRoutes(dependencies),
    accountImportRoute(dependencies),
    authorityNameRoute(dependencies),
    ...administrativeActRoutes(dependencies),
    ...actionRoutes(dependencies),
    actionExportRoute(dependencies),
    unusualUseRoute(dependencies),
    ...figureRoutes(dependencies),
    ...logRoutes(dependencies),
    ...evidenceRoutes(dependencies),
    ...healthRoutes(dependencies),
    ...metricsRoutes(dependencies),
  ];
}
