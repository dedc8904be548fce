import PostgresWire
import Testing

/// What libpq 18 makes of connection strings; every row was checked against its `PQconninfoParse`.
@Suite struct ConnectionStringTests {
    static let accepted: [(text: String, values: [String: String])] = [
        ("", [:]),
        (" \t\n", [:]),
        ("host=a", ["host": "a"]),
        (" host = a  port\t=\n5 ", ["host": "a", "port": "5"]),
        ("host='a\\'b' port = 5", ["host": "a'b", "port": "5"]),
        ("host='a b'port=1", ["host": "a b", "port": "1"]),
        ("host=a\\ b", ["host": "a b"]),
        ("host=a'b'", ["host": "a'b'"]),
        ("host=a\\", ["host": "a"]),
        ("host=", ["host": ""]),
        ("host= port=1", ["host": "port=1"]),
        ("host=a host=b", ["host": "b"]),
        ("password='' user=x", ["password": "", "user": "x"]),
        ("requiressl=0", ["sslmode": "prefer"]),
        ("options='-c geqo=off'", ["options": "-c geqo=off"]),
        ("postgresql://", [:]),
        ("postgres://h", ["host": "h"]),
        ("postgresql://h?", ["host": "h"]),
        ("postgresql:///?", [:]),
        ("postgresql:///d", ["dbname": "d"]),
        (
            "postgresql://u:p%40ss@h:1/d",
            ["user": "u", "password": "p@ss", "host": "h", "port": "1", "dbname": "d"]
        ),
        ("postgresql://u:p:q@h/d", ["user": "u", "password": "p:q", "host": "h", "dbname": "d"]),
        ("postgresql://u@x@h/d", ["user": "u", "host": "x@h", "dbname": "d"]),
        ("postgresql://u:@h", ["user": "u", "host": "h"]),
        ("postgresql://:p@h", ["password": "p", "host": "h"]),
        ("postgresql://h:1,h2,:3/d", ["host": "h,h2,", "port": "1,,3", "dbname": "d"]),
        ("postgresql://[::1],[fe80::1]:2/d", ["host": "::1,fe80::1", "port": ",2", "dbname": "d"]),
        ("postgresql://%68/%20x", ["host": "h", "dbname": " x"]),
        ("postgresql://%2Frun%2Fpostgresql/d", ["host": "/run/postgresql", "dbname": "d"]),
        ("postgresql://?host=a", ["host": "a"]),
        ("postgresql://h/d?%68ost=x", ["host": "x", "dbname": "d"]),
        ("postgresql://h/d?host=a&host=b", ["host": "b", "dbname": "d"]),
        ("postgresql://h/d?ssl=true", ["host": "h", "dbname": "d", "sslmode": "require"]),
        ("postgresql://h?requiressl=1", ["host": "h", "sslmode": "require"]),
        ("postgresql://h/d?application_name= a ", ["host": "h", "dbname": "d", "application_name": "a"]),
        ("postgresql://h/d?application_name=a+b", ["host": "h", "dbname": "d", "application_name": "a+b"]),
        ("postgresql://h/d#frag", ["host": "h", "dbname": "d#frag"]),
        ("postgresql://a/b@c", ["host": "a", "dbname": "b@c"]),
        ("postgresql://h?a@b", ["user": "h?a", "host": "b"]),
        ("postgresql://h/d?dbname=", ["host": "h", "dbname": ""]),
        ("postgresql://jo:pä@h", ["user": "jo", "password": "pä", "host": "h"]),
    ]

    @Test(arguments: accepted.indices)
    func `a string is read as libpq reads it`(index: Int) throws {
        let (text, values) = Self.accepted[index]
        #expect(try ConnectionString(text).values == values)
    }

    @Test(arguments: [
        "foo", "=x", "host", "host=a foo", "colour=red", "host='a", "host='a\\'", "Host=a",
        "postgresql://[::1]x/d", "postgresql://[]/d", "postgresql://[::1", "postgresql://h/d?a@b",
        "postgresql://h/?host", "postgresql://h/d?&", "postgresql://h/d?host=a=b",
        "postgresql://h/d?host=%00",
        "postgresql://h/d?host=%zz", "postgresql://h/d?host=%6", "postgresql://h/d?ssl=false",
        "postgresql://a b@h/d", "postgresql:// a@h /d?x=1", "postgresql://h/d?application_name= a b",
        "postgresql://h/d?colour=red",
    ])
    func `a string that libpq refuses is refused`(text: String) {
        #expect(throws: PostgresError.self) { try ConnectionString(text) }
    }

    @Test func `a character U+0000 and text that is not UTF-8 are refused`() {
        #expect(throws: PostgresError.self) { try ConnectionString("host=a\0b") }
        #expect(throws: PostgresError.self) { try ConnectionString("postgresql://h/%ff") }
    }

    @Test(arguments: [
        "postgres://u:canary7@h:x/d", "postgres://u:cana%ry7@h/d", "host=a password=x canary7",
        "password='canary7", "postgres://u:p@h/?canary7=1", "canary7=password",
        "postgres://u:canary7@h/d?=canary7",
        "host=a port=canary7 user=u", "user=u sslmode=canary7", "user=u require_auth=canary7",
        "postgres://u@h/d?canary7", "user=u target_session_attrs=canary7", "user=u connect_timeout=canary7",
        "postgres://u@h/d?%canary7=1", "user=u password=canary7 sslnegotiation=canary7",
    ])
    func `no error repeats any part of a string`(text: String) {
        let error = #expect(throws: PostgresError.self) {
            try PostgresConfiguration(environment: [:], connectionString: text)
        }
        let texts = error.map { ["\($0)", String(reflecting: $0)] } ?? []
        #expect(!texts.contains { $0.contains("anary7") || $0.contains("ry7") })
    }
}
