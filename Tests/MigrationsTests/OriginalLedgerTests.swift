import OrchestratorMigrations
import Testing

@Suite struct OriginalLedgerTests {
    private let hashes = OriginalLedger.steps.map(\.hash)

    @Test func `a complete ledger is accepted`() {
        #expect(OriginalLedger.steps.count == 21)
        #expect(OriginalLedger.objection(to: Set(hashes)) == nil)
    }

    @Test func `the step that its runner passes over may be missing`() {
        #expect(OriginalLedger.objection(to: Set(hashes).subtracting([hashes[12]])) == nil)
    }

    @Test func `another stage is refused by its last step`() {
        #expect(
            OriginalLedger.objection(to: Set(hashes[...19]))
                == "its last step is 0019_tenancy_force_rls")
        #expect(
            OriginalLedger.objection(to: Set(hashes[...11]))
                == "its last step is 0011_add_provider_options")
        #expect(OriginalLedger.objection(to: []) == "its ledger is empty")
    }

    @Test func `a hole is refused by its name`() {
        #expect(
            OriginalLedger.objection(to: Set(hashes).subtracting([hashes[7]]))
                == "its ledger lacks 0007_calm_the_watchers")
    }

    @Test func `a step from the future is refused`() {
        #expect(
            OriginalLedger.objection(to: Set(hashes + ["ff"]))
                == "its ledger has a step that is not known here (hash ff)")
    }
}
