import type { Route } from '../http/route.ts'
import type { OrganisationDatabases } from '../kernel/organisation-databases.ts'
import { limitRoutes, platformQuotaRoutes, quotaRoutes, spendLimitRoutes } from './internal/limit-routes.ts'
import { usageRoutes } from './internal/usage-routes.ts'
import { platformWalletRoutes, walletRoutes } from './internal/wallet-routes.ts'

/** Wallet, limits, quotas and usage of organisations. */
export function ledgerRoutes(needs: { readonly databases: OrganisationDatabases }): readonly Route[] {
  return [
    ...walletRoutes(),
    ...limitRoutes(),
    ...spendLimitRoutes(),
    ...quotaRoutes(),
    ...usageRoutes(),
    ...platformWalletRoutes(needs.databases),
    ...platformQuotaRoutes(needs.databases),
  ]
}
