/// A contract of this package that adapters keep.
public enum Contract: String, Sendable, Hashable, CaseIterable {
    case persistenceProvider = "PersistenceProvider"
    case eventLogWriter = "EventLogWriter"
    case runStore = "RunStore"
    case workflowQueue = "WorkflowQueue"
    case agentRegistry = "AgentRegistry"
    case mcpServerRegistry = "MCPServerRegistry"
    case usageRecorder = "UsageRecorder"
    case retentionService = "RetentionService"
    case memoryStore = "MemoryStore"
    case memoryIndex = "MemoryIndex"
    case outcomeLedger = "OutcomeLedger"
    case retentionGate = "RetentionGate"
    case retrieval = "Retrieval"
    case fencing = "Fencing"
    case tenancy = "Tenancy"

    /// The letters that the ids of its promises begin with.
    public var letters: String {
        switch self {
        case .persistenceProvider: "PP"
        case .eventLogWriter: "EL"
        case .runStore: "RS"
        case .workflowQueue: "WQ"
        case .agentRegistry: "AR"
        case .mcpServerRegistry: "MC"
        case .usageRecorder: "UR"
        case .retentionService: "RT"
        case .memoryStore: "ST"
        case .memoryIndex: "IX"
        case .outcomeLedger: "OL"
        case .retentionGate: "RG"
        case .retrieval: "RV"
        case .fencing: "FN"
        case .tenancy: "TN"
        }
    }
}
