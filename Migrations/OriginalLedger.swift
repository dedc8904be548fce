/// The ledger of the original program, by which its databases are recognised.
package enum OriginalLedger {
    /// Where it is.
    package static let table = "drizzle.__drizzle_migrations"

    /// One migration of the original.
    package struct Step: Sendable {
        /// Its file's name.
        package let tag: String
        /// SHA-256 of its file, which its ledger holds.
        package let hash: String
    }

    /// The step that may be missing in a complete database: the original's own runner passes over it in databases that
    /// had stopped just before.
    package static let skippable = "0012_lively_ricochet"

    /// All migrations in order.
    package static let steps: [Step] = [
        Step(
            tag: "0000_rapid_prodigy",
            hash: "427fafad0c38769f762cf3399832a4b426c4c7088c809f655c2241cb4037efad"),
        Step(
            tag: "0001_clumsy_menace",
            hash: "53312d5deeaaa221880d1839cd9b3a367861a2cc8bdc95c0d0776007452d6a1c"),
        Step(
            tag: "0002_wealthy_oracle",
            hash: "461b743b6ad9fb23d08232b030629614487694e5f87346f179683d44d68b64ab"),
        Step(
            tag: "0003_clumsy_guardsmen",
            hash: "7a4880670a6dad66e0c641544db46c1ccf6a9de272bcff66bf23619feb7661b1"),
        Step(
            tag: "0004_sticky_rocket_raccoon",
            hash: "c421f4d93688ea564a0bbfcd872558ee69288ebc074598029659663354e20972"),
        Step(
            tag: "0005_stormy_kat_farrell",
            hash: "f8c7949a06df4441c31a489e85786d5bb603690319a23cfe2ffb0ee92b2beb19"),
        Step(
            tag: "0006_minor_pixie",
            hash: "c81c0280f451454e974b8cff31e8213f64a258521d86c05b8d66decf7b45093b"),
        Step(
            tag: "0007_calm_the_watchers",
            hash: "5e0b0235f9d6bd45612469cc1672ff5d93c3546cce3f51786695021ccaf6ad27"),
        Step(
            tag: "0008_daily_warstar",
            hash: "ad9c484fee083bcd928674b289274e44b9921e7e13b0794458e306eb53fb47b9"),
        Step(
            tag: "0009_add_mcp_servers",
            hash: "33132272da9d6162342d587affed6151d925ef2b92c2d319f3e26447a6499bd2"),
        Step(
            tag: "0010_migrate_agent_tools_to_tool_sources",
            hash: "768280d7b4412de11bb3337e19ce8634852e12275ab8d60a2921c45db63b17e1"),
        Step(
            tag: "0011_add_provider_options",
            hash: "c66fe3c60433961a7df4fae4b83b539f322d94a95c26a0226ce191d15333e867"),
        Step(
            tag: "0012_lively_ricochet",
            hash: "1196da1bf069becddb4aeabef7087762036aec782a9329592c57cdef747b035a"),
        Step(
            tag: "0013_add_fact_tags",
            hash: "9068fe79befa35a5cf86697dfcf5a4735b0d93eefc54d64fe6d67628cca9406d"),
        Step(
            tag: "0014_add_workflow_jobs_and_claim_epoch",
            hash: "bf6972259179d6a6e66be54d3d6e26d2cb02e626fa2cefad3e74d5ba00843c7a"),
        Step(
            tag: "0015_add_memory_facts_tags_gin",
            hash: "7000614857b7153f09c670bc70731f8e0c9dd8cde188c2c1f2b21884f55401db"),
        Step(
            tag: "0016_add_outcome_ledger",
            hash: "d1ea833d36a0cff6ec66a3bba849e33efe3595c1495865b46a47043b25b1209b"),
        Step(
            tag: "0017_tenancy_expand",
            hash: "857528e959d706a532a66a87703232a3c6bdfd4fc5360bcd32b757752463810d"),
        Step(
            tag: "0018_tenancy_enforce",
            hash: "087a76f4f28301a07f960efabd5216354b80371d38e8ae7c4da1796f3df5b292"),
        Step(
            tag: "0019_tenancy_force_rls",
            hash: "2db9d2aae54c10fd4388ae903aed8b5f124ca743618a4a98f43695de00af4693"),
        Step(
            tag: "0020_counterfactual_lineage",
            hash: "3a72916a67cf6b99f25cabe08936ca59e2d5a7f5ea12f860b6726a9dccf9efbd"),
    ]

    /// Decides whether a ledger is that of a complete database.
    ///
    /// - Returns: why it is not; `nil` when it is.
    package static func objection(to hashes: Set<String>) -> String? {
        let known = Set(steps.map(\.hash))
        if let stranger = hashes.subtracting(known).sorted().first {
            return "its ledger has a step that is not known here (hash \(stranger))"
        }
        guard let last = steps.last(where: { hashes.contains($0.hash) }) else { return "its ledger is empty" }
        if last.tag != steps.last?.tag { return "its last step is \(last.tag)" }
        let missing = steps.first { $0.tag != skippable && !hashes.contains($0.hash) }
        return missing.map { "its ledger lacks \($0.tag)" }
    }
}
