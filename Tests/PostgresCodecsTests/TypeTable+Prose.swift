extension TypeTable {
    static let head = """
        # Types

        Which Swift types read and send which types of PostgreSQL and its extensions.

        ## Overview

        Values travel in binary form in both directions. A Swift type reads a PostgreSQL type only if no value of it can
        be lost: `Int` reads `int2`, `int4` and `int8`, `Int16` reads `int2` alone. A value that fits the type but not the
        Swift type, as `infinity` into `Date`, is an error that names the column. NULL is read as an optional.

        *Read as* lists the Swift types that a column can be read as, *sent by* those that declare their parameter as this
        type. A parameter of any other Swift type can be cast in SQL: `\\(text)::uuid`. *Forms* are the forms that are read;
        the text form occurs only in results of `script`, where every type can be read as a `String`.

        Arrays are `[Element]`, with NULLs `[Element?]`, with two dimensions `[[Element]]`; `PostgresArray` keeps the
        bounds too. An optional, an array and a `RawRepresentable` type (an enum) need no row of their own.

        ## Built-in types

        | PostgreSQL | Read as | Sent by | Forms | Since |
        |---|---|---|---|---|

        """

    static let middle = """

        `Range<Bound>` is read and sent as `PostgresRange<Bound>` is, for half-open ranges.

        ## Types of extensions

        Their numbers differ from database to database. A parameter gets its type from its place in the statement; in an
        array or a composite value it is looked up by name, once for a pool.

        | PostgreSQL | Read as | Sent by | Forms | Since |
        |---|---|---|---|---|

        """

    static let tail = """

        pgvector's `bit` is PostgreSQL's own: `PostgresBits`. `PostgresVectorOperator` has pgvector's operators, which are
        interpolated as in `ORDER BY embedding \\(.cosine) \\(vector)`.

        ## Types of your own

        - An enum of the database is a Swift enum with `String` as raw value, which conforms to `PostgresEncodable` and
          `PostgresDecodable` and needs nothing more.
        - A composite type is a struct that conforms to `PostgresComposite`; a nested one works the same.
        - A domain is read as its base type. A range type is a `PostgresRange` of its bounds, its multirange a
          `PostgresMultirange`.
        - Where such a type lies in an array or in a composite value that is sent, it says its name: `static var
          postgresTypeName: String? { "app.mood" }`. Its number is looked up when it is needed and kept by the pool; a
          statement that fails because the type was made anew is sent again with the new number.
        - Before a COPY, ask for the number once: `try await connection.type(named: "app.mood")`.

        """
}
