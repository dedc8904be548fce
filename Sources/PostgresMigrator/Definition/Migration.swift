/// One numbered step that changes a database.
///
/// `sql` is a template: `{{name}}` is replaced by the migrator's parameter of that name, and `{{schema}}` by its
/// schema, quoted. Names that are no parameter stay as they are. It runs with the schema first in `search_path`, so
/// objects are written without a schema.
public struct Migration: Sendable, Hashable {
    /// How often a migration runs.
    public enum Kind: String, Sendable, Hashable {
        /// Once for ever; its text must never change afterwards.
        case once
        /// After every other migration, each time one of those ran or its own text changed.
        ///
        /// It must bear running twice.
        case repeating
    }

    /// The number, unique among the migrations of a program; migrations run in this order.
    public let version: Int
    /// What it does, in a few words joined by underscores.
    public let name: String
    /// The template.
    public let sql: String
    /// Once, or after every change.
    public let kind: Kind
    /// The part of the schema it belongs to, which a migrator may be told to leave out.
    public let group: String?
    /// The extension that must be installed or available, or nothing is begun.
    public let requiredExtension: String?
    /// Whether it shares a transaction with its ledger row.
    ///
    /// `false` is for one statement that PostgreSQL refuses in a transaction; that statement must bear
    /// running twice, since a crash may come before its row is written.
    public let isTransactional: Bool
    /// Whether the server may refuse it for want of privilege (42501): it is then recorded as refused, tried again by
    /// the next apply, and everything else goes on.
    public let mayBeRefused: Bool
    /// SHA-256 of the template in lower-case hexadecimal, line ends taken as LF.
    public let checksum: String

    /// Describes a migration.
    ///
    /// Its template is hashed here, once.
    public init(
        version: Int, name: String, sql: String, kind: Kind = .once, group: String? = nil,
        requiredExtension: String? = nil, isTransactional: Bool = true, mayBeRefused: Bool = false
    ) {
        self.version = version
        self.name = name
        self.sql = sql
        self.kind = kind
        self.group = group
        self.requiredExtension = requiredExtension
        self.isTransactional = isTransactional
        self.mayBeRefused = mayBeRefused
        self.checksum = Self.checksum(of: sql)
    }

    /// The number in four digits and the name, as its file would be called: `0003_workflow`.
    public var label: String {
        let digits = String(version)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "_" + name
    }
}
