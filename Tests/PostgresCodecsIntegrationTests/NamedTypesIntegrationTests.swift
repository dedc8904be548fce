import PostgresCodecs
import PostgresProtocol
import PostgresWire
import TestSupport
import Testing

/// Types of users and extensions, known by their names alone.
@Suite struct NamedTypesIntegrationTests {
    enum Mood: String, PostgresEncodable, PostgresDecodable {
        case sad
        case happy = "very happy"

        static var postgresTypeName: String? { "app.mood" }
    }

    struct Person: PostgresComposite, Equatable {
        var name: String
        var mood: Mood?
        var score: Int32
        var place: PostgresVector

        static var postgresTypeName: String? { "app.\"Person\"" }

        init(name: String, mood: Mood?, score: Int32, place: PostgresVector) {
            self.name = name
            self.mood = mood
            self.score = score
            self.place = place
        }

        init(cell: borrowing PostgresCell) throws(DecodingFault) {
            (name, mood, score, place) = try cell.fields(
                String.self, Mood?.self, Int32.self, PostgresVector.self)
        }

        func encode(into writer: inout ByteWriter) throws(EncodingFault) {
            try writer.append(fields: name, mood, score, place)
        }
    }

    /// A composite value in a composite value.
    struct Pair: PostgresComposite, Equatable {
        var first: Person
        var others: [Person]

        static var postgresTypeName: String? { "app.pair" }

        init(first: Person, others: [Person]) {
            self.first = first
            self.others = others
        }

        init(cell: borrowing PostgresCell) throws(DecodingFault) {
            (first, others) = try cell.fields(Person.self, [Person].self)
        }

        func encode(into writer: inout ByteWriter) throws(EncodingFault) {
            try writer.append(fields: first, others)
        }
    }

    private static let schema = """
        CREATE SCHEMA app;
        CREATE TYPE app.mood AS ENUM ('sad', 'very happy');
        CREATE DOMAIN app.score AS int4 CHECK (VALUE >= 0);
        CREATE TYPE app."Person" AS (name text, mood app.mood, score app.score, place vector);
        CREATE TYPE app.pair AS (first app."Person", others app."Person"[]);
        CREATE TYPE app.floatrange AS RANGE (SUBTYPE = float8, MULTIRANGE_TYPE_NAME = app.floatmultirange);
        CREATE TABLE app.people (person app."Person", moods app.mood[], places vector[]);
        """

    private static func withClient(_ body: (PostgresClient) async throws -> Void) async throws {
        try await TestServer.withDatabase(.migrated) { database in
            _ = try await database.client.script(schema)
            try await body(database.client)
        }
    }

    private let anna = Person(name: "Anna \"A\", (x)", mood: .happy, score: 7, place: [1, -2.5])
    private let bert = Person(name: "", mood: nil, score: 0, place: [0])

    @Test func `enums, composites and arrays of them need no numbers`() async throws {
        try await Self.withClient { client in
            let row = try await client.one(
                """
                SELECT \(anna)::app."Person", \([anna, bert])::app."Person"[], \([Mood.sad, .happy])::app.mood[],
                    \(Mood.happy)::app.mood, \([anna.place, bert.place])::vector[],
                    \([[Mood?.some(.sad), nil]])::app.mood[]
                """, as: (Person, [Person], [Mood], Mood, [PostgresVector], [[Mood?]]).self)
            #expect(row.0 == anna)
            #expect(row.1 == [anna, bert])
            #expect(row.2 == [.sad, .happy])
            #expect(row.3 == .happy)
            #expect(row.4 == [anna.place, bert.place])
            #expect(row.5 == [[.sad, nil]])
        }
    }

    @Test func `composite values lie in composite values`() async throws {
        try await Self.withClient { client in
            let pair = Pair(first: anna, others: [bert, anna])
            let back = try await client.one("SELECT \(pair)::app.pair", as: Pair.self)
            #expect(back == pair)
            let record = try await client.one(
                "SELECT ROW(\(anna)::app.\"Person\", ARRAY[\(bert)::app.\"Person\"])", as: Pair.self)
            #expect(record == Pair(first: anna, others: [bert]))
        }
    }

    @Test func `queries with named types are spliced, pipelined and batched`() async throws {
        try await Self.withClient { client in
            let condition: PostgresQuery = "\([Mood.sad])::app.mood[] = ARRAY['sad']::app.mood[]"
            let spliced: PostgresQuery = "SELECT \([Mood.happy])::app.mood[] WHERE \(condition) AND \(1) = 1"
            let value = try await client.one(spliced, as: [Mood].self)
            #expect(value == [.happy])
            let results = try await client.pipeline([spliced, spliced])
            #expect(try results.map { try $0.get().count } == [1, 1])
            let batch = try await client.batch([spliced, "SELECT 1"])
            #expect(batch.map(\.count) == [1, 1])
            let written = try await client.one(
                PostgresQuery("SELECT $1::app.mood[]", [[Mood.sad]]), as: [Mood].self)
            #expect(written == [.sad])
        }
    }

    @Test func `COPY takes named types once they have been asked for`() async throws {
        try await Self.withClient { client in
            try await client.withConnection { connection in
                let people = [anna, bert]
                await #expect(throws: PostgresError.self) {
                    try await connection.copyIn(into: "app.people", columns: ["person", "moods", "places"]) {
                        writer in
                        for person in people { try await writer.write(person, [Mood.sad], [person.place]) }
                    }
                }
                for name in ["app.mood", "vector", "app.\"Person\""] {
                    let number = try await connection.type(named: name)
                    #expect(number?.isUserDefined == true)
                }
                try await connection.copyIn(into: "app.people", columns: ["person", "moods", "places"]) {
                    writer in
                    for person in people { try await writer.write(person, [Mood.sad], [person.place]) }
                }
            }
            let rows = try await client.collect(
                "SELECT * FROM app.people", as: (Person, [Mood], [PostgresVector]).self)
            #expect(rows.map(\.0) == [anna, bert])
        }
    }

    @Test func `a type that was made anew is found again`() async throws {
        try await Self.withClient { client in
            let moods = [Mood.sad]
            let before = try await client.one("SELECT \(moods)::app.mood[]", as: [Mood].self)
            #expect(before == moods)
            let old = try await client.type(named: "app.mood")
            _ = try await client.script(
                """
                DROP TABLE app.people; DROP TYPE app.pair; DROP TYPE app."Person"; DROP TYPE app.mood;
                CREATE TYPE app.mood AS ENUM ('very happy', 'sad');
                """)
            let after = try await client.one("SELECT \(moods)::app.mood[]", as: [Mood].self)
            #expect(after == moods)
            let new = try await client.type(named: "app.mood")
            #expect(new != nil)
            #expect(new != old)
        }
    }

    @Test func `a type that does not exist is named`() async throws {
        struct Missing: PostgresComposite {
            static var postgresTypeName: String? { "app.missing" }
            init() {}
            init(cell: borrowing PostgresCell) throws(DecodingFault) {}
            func encode(into writer: inout ByteWriter) throws(EncodingFault) {}
        }
        try await Self.withClient { client in
            do throws(PostgresError) {
                try await client.execute("SELECT \([Missing()])")
                Issue.record("the type does not exist")
            } catch {
                #expect(error.code == .encoding)
                #expect(error.effect == .none)
                #expect(error.reason.contains("the database has no type app.missing"))
            }
            let missing = try await client.type(named: "app.missing")
            #expect(missing == nil)
        }
    }

    @Test func `types are described with all that they are made of`() async throws {
        try await Self.withClient { client in
            let pair = try #require(try await client.type(named: "app.pair"))
            let range = try #require(try await client.type(named: "app.floatmultirange"))
            let types = try await client.describeTypes([
                pair, range, .int4, PostgresOID(rawValue: 4_000_000_000),
            ])
            func named(_ name: String) -> PostgresTypeDescription? { types.values.first { $0.name == name } }
            #expect(named("pair")?.schema == "app")
            #expect(named("mood")?.kind == .enumeration(labels: ["sad", "very happy"]))
            #expect(named("score")?.kind == .domain(base: .int4))
            #expect(named("vector")?.kind == .base(sendFunction: "vector_send"))
            #expect(types[range]?.kind == .multirange(bound: .float8))
            guard case .composite(let fields) = types[pair]?.kind else {
                Issue.record("no composite type")
                return
            }
            #expect(fields.map(\.name) == ["first", "others"])
            #expect(types[fields[0].type]?.name == "Person")
            #expect(types[fields[1].type]?.kind == .array(element: fields[0].type))
            #expect(types.count == 7)
            let again = try await client.describeTypes([pair])
            #expect(again[fields[0].type] == types[fields[0].type])
        }
    }

    @Test func `values of users' types have the server's text`() async throws {
        try await Self.withClient { client in
            try await client.withConnection { connection in
                let rows = try await connection.collect(
                    """
                    SELECT v, t FROM (SELECT
                        ROW(ROW('a "b"', 'sad', 3, '[1,2]')::app."Person", ARRAY[ROW('', NULL, 0, NULL)::app."Person"])::app.pair
                    ) x(v), LATERAL format('%s', v) t
                    """, as: (RawCell, String).self)
                let form = PostgresTextForm(
                    userTypes: try await connection.describeTypes([rows[0].0.type]).compactMapValues(
                        \.textForm))
                #expect(form.knows(rows[0].0.type))
                #expect(try rows[0].0.text(form) == rows[0].1)
                let ranges = try await connection.collect(
                    "SELECT v, format('%s', v) FROM (VALUES ('{[1,2.5),(7,]}'::app.floatmultirange)) x(v)",
                    as: (RawCell, String).self)
                let other = PostgresTextForm(
                    userTypes: try await connection.describeTypes([ranges[0].0.type]).compactMapValues(
                        \.textForm))
                #expect(try ranges[0].0.text(other) == "{[1,2.5),(7,)}")
                let read = try ranges[0].0.decode(PostgresMultirange<Double>.self)
                #expect(read.ranges.map(\.isEmpty) == [false, false])
            }
        }
    }

    @Test func `pgvector's operators order rows`() async throws {
        try await Self.withClient { client in
            let target: PostgresVector = [1, 0]
            for (distance, expected) in [
                (PostgresVectorOperator.euclidean, [0.0, 1.0]), (.negativeInnerProduct, [-1.0, -1.0]),
                (.cosine, [0.0, 0.2928932188134524]), (.taxicab, [0.0, 1.0]),
            ] {
                let found = try await client.collect(
                    """
                    SELECT v \(distance) \(target) FROM (VALUES ('[1,0]'::vector), ('[1,1]')) x(v)
                    ORDER BY 1
                    """, as: Double.self)
                #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-9 }, "\(found)")
            }
            let bits = PostgresBits(quantizing: [1, -1, 2, 0])
            for (distance, expected) in [(PostgresVectorOperator.hamming, 2.0), (.jaccard, 2.0 / 3.0)] {
                let found = try await client.one(
                    "SELECT B'1100' \(distance) \(bits)::bit(4)", as: Double.self)
                #expect(abs(found - expected) < 1e-9)
            }
        }
    }
}
