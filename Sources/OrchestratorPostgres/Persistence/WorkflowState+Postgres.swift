internal import FoundationEssentials
internal import JSONModel
internal import Orchestrator
internal import StoreContracts

extension WorkflowState {
    /// Loads a stored state.
    ///
    /// - Throws: `newerVersion`, `corruptRecord`.
    init(stored json: JSONValue, table: String, runID: UUID) throws(StoreError) {
        do {
            try self.init(json: json, runID: runID)
        } catch .newerVersion(let found, let supported) {
            throw StoreError(.newerVersion(found: found, supported: supported))
        } catch {
            throw StoreError(.corruptRecord(table: table, id: runID.text), cause: error.description)
        }
    }
}
