import PostgresWire

/// What a borrower can leave in a session.
enum SessionDirt: String, CaseIterable, Sendable, CustomStringConvertible {
    case setting
    case reportedSetting
    case settingOfScript
    case settingOfFunction
    case settingOfBlock
    case role
    case sessionAuthorization
    case searchPath
    case isolation
    case temporaryTable
    case temporaryTableOfQuery
    case temporaryTableOfSelect
    case temporaryView
    case temporaryFunction
    case listen
    case prepared
    case preparedOfScript
    case advisoryLock
    case sharedAdvisoryLock
    case cursor
    case sequence
    case openTransaction
    case failedTransaction
    case openTransactionWithSettings

    /// What `Reset.automatic` promises to see.
    static var detected: [SessionDirt] {
        allCases.filter {
            ![.settingOfFunction, .advisoryLock, .sharedAdvisoryLock, .sequence].contains($0)
        }
    }

    var description: String { rawValue }

    /// Makes what some kinds of dirt need.
    static func prepare(_ client: PostgresClient) async throws {
        _ = try await client.script(
            """
            CREATE SEQUENCE numbers;
            CREATE SCHEMA elsewhere;
            DO $$ BEGIN CREATE ROLE stress_guest; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
            """)
    }

    func make(on connection: PostgresConnection, round: Int) async throws {
        switch self {
        case .setting: try await connection.execute("SET work_mem = '77MB'")
        case .reportedSetting: try await connection.execute("SET TimeZone = 'Asia/Tokyo'")
        case .settingOfScript:
            _ = try await connection.script("SELECT 1; SET work_mem = '77MB'; SELECT 2")
        case .settingOfFunction:
            try await connection.execute("SELECT set_config('work_mem', '77MB', false)")
        case .settingOfBlock: try await connection.execute("DO $$ BEGIN SET work_mem = '77MB'; END $$")
        case .role: try await connection.execute("SET ROLE stress_guest")
        case .sessionAuthorization: try await connection.execute("SET SESSION AUTHORIZATION stress_guest")
        case .searchPath: try await connection.execute("SET search_path = elsewhere")
        case .isolation:
            try await connection.execute(
                "SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SERIALIZABLE")
        case .temporaryTable: try await connection.execute("CREATE TEMP TABLE mine (a int4)")
        case .temporaryTableOfQuery:
            try await connection.execute("create\n temporary table mine AS SELECT 1 a")
        case .temporaryTableOfSelect: try await connection.execute("SELECT 1 AS a INTO TEMP mine")
        case .temporaryView: try await connection.execute("CREATE OR REPLACE TEMP VIEW mine AS SELECT 1 AS a")
        case .temporaryFunction:
            try await connection.execute("CREATE FUNCTION pg_temp.mine() RETURNS int4 RETURN 1")
        case .listen: try await connection.execute("LISTEN mine")
        case .prepared: try await connection.execute("PREPARE mine AS SELECT 1")
        case .preparedOfScript: _ = try await connection.script("SELECT 1; PREPARE mine AS SELECT 1")
        case .advisoryLock: try await connection.execute("SELECT pg_advisory_lock(815)")
        case .sharedAdvisoryLock: try await connection.execute("SELECT pg_advisory_lock_shared(815)")
        case .cursor: try await connection.execute("DECLARE mine CURSOR WITH HOLD FOR SELECT 1")
        case .sequence: try await connection.execute("SELECT nextval('numbers')")
        case .openTransaction, .failedTransaction, .openTransactionWithSettings:
            try await makeTransaction(on: connection)
        }
    }

    private func makeTransaction(on connection: PostgresConnection) async throws {
        try await connection.execute("BEGIN ISOLATION LEVEL SERIALIZABLE")
        try await connection.execute("CREATE TABLE mine (a int4)")
        switch self {
        case .failedTransaction:
            _ = await errorOf { try await connection.execute("SELECT 1/0") }
        case .openTransactionWithSettings:
            try await connection.execute("SET LOCAL work_mem = '77MB'")
            try await connection.execute("SET TimeZone = 'Asia/Tokyo'")
            try await connection.execute("SAVEPOINT here")
        default: break
        }
    }
}
