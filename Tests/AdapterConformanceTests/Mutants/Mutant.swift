import AdapterConformance
import Orchestrator
import StoreContracts

/// Adapters in memory with one planted bug, which the suite must find.
struct Mutant: Sendable {
    let name: String
    /// A contract whose promises must find it.
    let contracts: Set<Contract>
    let plant: @Sendable (inout AdapterSet) -> Void

    var subject: InMemorySubject { InMemorySubject(name: name, changing: plant) }

    static let all = providers + logs + stores + queues + registries + memories

    private static let providers = MutantProvider.Bug.allCases.map { bug in
        Mutant(
            name: "persistence \(bug.rawValue)", contracts: [.persistenceProvider, .fencing, .tenancy]
        ) { adapters in
            guard let make = adapters.persistence else { return }
            let tenants = [.seed] + adapters.tenants
            adapters.persistence = { tenant, claim in
                MutantProvider(
                    bug: bug, tenant: tenant, make: { make($0, nil) },
                    inner: make(tenant, bug == .withoutFence ? nil : claim), tenants: tenants)
            }
        }
    }

    private static let logs = MutantLog.Bug.allCases.map { bug in
        Mutant(name: "event log \(bug.rawValue)", contracts: [.eventLogWriter, .fencing]) { adapters in
            guard let make = adapters.events else { return }
            adapters.events = { (tenant, claim, retained) throws(StoreError) in
                MutantLog(
                    bug: bug, inner: try make(tenant, bug == .withoutFence ? nil : claim, retained))
            }
        }
    }

    private static let stores = MutantRunStore.Bug.allCases.map { bug in
        Mutant(name: "run store \(bug.rawValue)", contracts: [.runStore, .fencing]) { adapters in
            guard let make = adapters.runs else { return }
            adapters.runs = { MutantRunStore(bug: bug, inner: make($0)) }
        }
    }

    private static let queues = MutantQueue.Bug.allCases.map { bug in
        Mutant(name: "queue \(bug.rawValue)", contracts: [.workflowQueue]) { adapters in
            guard let make = adapters.queue else { return }
            adapters.queue = { options in
                var options = options
                if bug == .withoutBackoff { options.retryBackoff.base = .zero }
                if bug == .manyActiveJobsPerRun { options.oneActiveJobPerRun = false }
                return MutantQueue(bug: bug, inner: make(options))
            }
        }
    }

    private static let memories =
        MutantMemory.Bug.allCases.map { bug in
            Mutant(name: "memory \(bug.rawValue)", contracts: [.memoryStore, .retentionGate]) { adapters in
                guard let make = adapters.memory else { return }
                adapters.memory = { MutantMemory(bug: bug, inner: make($0), seed: make(.seed)) }
            }
        }
        + MutantIndex.Bug.allCases.map { bug in
            Mutant(name: "index \(bug.rawValue)", contracts: [.memoryIndex, .retrieval]) { adapters in
                guard let make = adapters.index else { return }
                adapters.index = { MutantIndex(bug: bug, inner: make($0)) }
            }
        }
        + MutantLedger.Bug.allCases.map { bug in
            Mutant(name: "ledger \(bug.rawValue)", contracts: [.outcomeLedger]) { adapters in
                guard let make = adapters.ledger else { return }
                adapters.ledger = { MutantLedger(bug: bug, inner: make($0), seed: make(.seed)) }
            }
        }

    private static let registries =
        MutantAgents.Bug.allCases.map { bug in
            Mutant(name: "agents \(bug.rawValue)", contracts: [.agentRegistry]) { adapters in
                guard let make = adapters.agents else { return }
                adapters.agents = { MutantAgents(bug: bug, inner: make($0)) }
            }
        }
        + MutantServers.Bug.allCases.map { bug in
            Mutant(name: "servers \(bug.rawValue)", contracts: [.mcpServerRegistry]) { adapters in
                guard let make = adapters.servers else { return }
                adapters.servers = { tenant, policy in
                    let open = MCPServerPolicy(allowsPrivateAddresses: true)
                    return MutantServers(
                        bug: bug, inner: make(tenant, bug == .withoutGuard ? open : policy))
                }
            }
        }
        + MutantUsage.Bug.allCases.map { bug in
            Mutant(name: "usage \(bug.rawValue)", contracts: [.usageRecorder]) { adapters in
                guard let make = adapters.usage else { return }
                adapters.usage = { MutantUsage(bug: bug, inner: make($0)) }
            }
        }
        + MutantRetention.Bug.allCases.map { bug in
            Mutant(name: "retention \(bug.rawValue)", contracts: [.retentionService]) { adapters in
                guard let make = adapters.retention else { return }
                adapters.retention = { MutantRetention(bug: bug, options: $0, make: make) }
            }
        }
        + MutantTenants.Bug.allCases.map { bug in
            Mutant(name: "tenants \(bug.rawValue)", contracts: [.tenancy]) { adapters in
                guard let directory = adapters.directory, let resolver = adapters.resolver else { return }
                let mutant = MutantTenants(bug: bug, directory: directory, resolver: resolver)
                adapters.directory = mutant
                adapters.resolver = mutant
            }
        }
}
