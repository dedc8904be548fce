#if CLI
import FoundationEssentials
import Orchestrator
import StoreContracts

/// A backend whose process dies at a point of its plan, or that loses the answers to some commits.
struct KillingBackend: WorkflowBackend {
    let inner: any WorkflowBackend
    let killSwitch: KillSwitch
    /// Of how many commits the answer to one is lost; nil: none.
    let losesEvery: Int?

    var queue: any WorkflowQueue { KillingQueue(inner: inner.queue, killSwitch: killSwitch) }

    func persistence(tenant: TenantID, claim: RunClaim?) -> any PersistenceProvider {
        inner.persistence(tenant: tenant, claim: claim)
    }

    func runStore(tenant: TenantID) -> any RunStore {
        KillingRunStore(
            inner: inner.runStore(tenant: tenant), killSwitch: killSwitch, losesEvery: losesEvery)
    }
}
#endif
