import PostgresWire

func clientExample(url: String) async throws -> [String] {
    var printed: [String] = []
    func print(_ values: Any...) { printed.append(values.map { "\($0)" }.joined(separator: " ")) }

    // README: client
    let client = try PostgresClient(url: url)
    try await client.execute("CREATE TABLE items (id int8 PRIMARY KEY, name text, tags text[])")

    let (id, name, tags) = (7, "green tea", ["hot", "green"])
    try await client.execute("INSERT INTO items VALUES (\(id), \(name), \(tags))")  // bound, never pasted

    let hot = try await client.collect(
        "SELECT id, name FROM items WHERE \("hot") = ANY (tags)", as: (Int, String).self)
    for (id, name) in hot { print(id, name) }

    try await client.withTransaction { connection in
        let copied = try await connection.copyIn(
            into: "items", columns: ["id", "name", "tags"]
        ) { writer in
            for number in 1_000..<6_000 { try await writer.write(number, "item \(number)", ["new"]) }
        }
        let count = try await connection.one("SELECT count(*) FROM items", as: Int.self)
        precondition(count == copied + 1)
    }
    await client.shutdown()
    // README: end
    return printed
}
