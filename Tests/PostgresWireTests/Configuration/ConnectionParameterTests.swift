import PostgresProtocol
import PostgresWire
import Testing

/// What the keywords of a connection string mean.
@Suite struct ConnectionParameterTests {
    private func read(_ text: String) throws -> PostgresConfiguration {
        try PostgresConfiguration(connectionString: "user=u " + text)
    }

    @Test func `several servers are hosts, ports and addresses in parallel`() throws {
        let several = try read("host=a,b,/run/x hostaddr=10.0.0.1,,10.0.0.3 port=1,,3")
        #expect(
            several.endpoints == [
                PostgresEndpoint(host: "a", port: 1, address: "10.0.0.1"),
                PostgresEndpoint(host: "b", port: 5_432),
                PostgresEndpoint(host: "/run/x", port: 3, address: "10.0.0.3"),
            ])
        #expect(try read("host=a,b port=7").endpoints.map(\.port) == [7, 7])
        #expect(try read("").endpoints == [PostgresEndpoint(host: "localhost")])
        #expect(try read("host=a,").endpoints.map(\.host) == ["a", "localhost"])
        #expect(
            try read("hostaddr=10.0.0.1").endpoints == [
                PostgresEndpoint(host: "10.0.0.1", address: "10.0.0.1")
            ])
        #expect(try read("port=' 9 '").port == 9)
    }

    @Test(arguments: [
        "host=a,b port=1,2,3", "host=a,b hostaddr=10.0.0.1", "port=0", "port=65536", "port=1x", "port=-1",
        "connect_timeout=x", "connect_timeout=99999999999", "sslmode=full", "target_session_attrs=master",
        "load_balance_hosts=yes", "channel_binding=on", "require_auth=md5,!password", "require_auth=md5,md5",
        "require_auth=kerberos", "sslnegotiation=maybe", "ssl_min_protocol_version=SSLv3",
        "ssl_max_protocol_version=TLSv1.1",
        "ssl_min_protocol_version=TLSv1.3 ssl_max_protocol_version=TLSv1.2",
        "client_encoding=LATIN1", "gssencmode=require", "requirepeer=postgres",
        "min_protocol_version=3.2 max_protocol_version=3.0", "min_protocol_version=3.1",
        "max_protocol_version=4.0",
        "sslcertmode=require", "scram_client_key=x", "keepalives=x",
    ])
    func `a value that makes no sense or is not supported is refused`(text: String) {
        #expect(throws: PostgresError.self) { try read(text) }
    }

    @Test(arguments: [
        ("", PostgresProtocolVersion.v30, PostgresProtocolVersion.v30),
        ("max_protocol_version=3.2", .v30, .v32), ("max_protocol_version=latest", .v30, .v32),
        ("min_protocol_version=3.2", .v32, .v32), ("min_protocol_version=3.0", .v30, .v30),
        ("min_protocol_version=latest max_protocol_version=3.2", .v32, .v32),
    ])
    func `the versions of the protocol are those that libpq would ask for`(
        text: String, oldest: PostgresProtocolVersion, newest: PostgresProtocolVersion
    ) throws {
        let parsed = try read(text)
        #expect(parsed.minimumProtocolVersion == oldest)
        #expect(parsed.maximumProtocolVersion == newest)
    }

    @Test func `each keyword has its effect`() throws {
        let parsed = try read(
            """
            dbname=d password=p passfile=/f application_name=n connect_timeout=7 options='-c geqo=off' \
            target_session_attrs=prefer-standby load_balance_hosts=random channel_binding=require \
            require_auth=!password,!none keepalives_idle=1 keepalives_interval=2 keepalives_count=3 \
            tcp_user_timeout=4 sslmode=verify-ca sslrootcert=/r sslcert=/c sslkey=/k sslpassword=s sslcrl=/l \
            sslcrldir=/ld sslsni=0 sslnegotiation=direct ssl_min_protocol_version=tlsv1.3 sslkeylogfile=/log
            """)
        #expect(parsed.database == "d")
        #expect(parsed.password == "p")
        #expect(parsed.passwordFile == "/f")
        #expect(parsed.applicationName == "n")
        #expect(parsed.connectTimeout == .seconds(7))
        #expect(parsed.runtimeParameters == ["options": "-c geqo=off"])
        #expect(parsed.targetSession == .preferStandby)
        #expect(parsed.balancesHosts)
        #expect(parsed.channelBinding == .require)
        #expect(parsed.requiredAuthentication == [.md5, .scramSHA256])
        #expect(parsed.keepalive.isOn)
        #expect(parsed.keepalive.idleSeconds == 1)
        #expect(parsed.keepalive.intervalSeconds == 2)
        #expect(parsed.keepalive.count == 3)
        #expect(parsed.keepalive.userTimeoutMilliseconds == 4)
        #expect(parsed.tls.mode == .verifyCA)
        #expect(parsed.tls.rootCertificates == "/r")
        #expect(parsed.tls.certificate == "/c")
        #expect(parsed.tls.key == "/k")
        #expect(parsed.tls.passphrase == "s")
        #expect(parsed.tls.revocationList == "/l")
        #expect(parsed.tls.revocationFolder == "/ld")
        #expect(!parsed.tls.sendsServerName)
        #expect(parsed.tls.isDirect)
        #expect(parsed.tls.minimumVersion == .v13)
        #expect(parsed.tls.keyLogFile == "/log")
    }

    @Test func `empty values and negative numbers mean the default`() throws {
        let parsed = try read(
            "password='' dbname='' sslmode='' connect_timeout=-1 keepalives_idle=0 keepalives=0")
        #expect(parsed.password == nil)
        #expect(parsed.database == nil)
        #expect(parsed.tls.mode == nil)
        #expect(parsed.connectTimeout == .seconds(86_400))
        #expect(parsed.keepalive.idleSeconds == nil)
        #expect(!parsed.keepalive.isOn)
        #expect(try read("fallback_application_name=f").applicationName == "f")
        #expect(try read("fallback_application_name=f application_name=n").applicationName == "n")
        #expect(try read("sslcertmode=disable sslcert=/c").tls.certificate == nil)
        #expect(try read("ssl_min_protocol_version=TLSv1").tls.minimumVersion == .v12)
        #expect(try read("require_auth=gss,scram-sha-256").requiredAuthentication == [.scramSHA256])
    }

    @Test(arguments: [
        ("host=localhost", TLSMode.disable), ("host=127.0.0.1", .disable), ("host=127.8.9.1", .disable),
        ("host=::1", .disable), ("host=/run", .disable), ("host=@abstract", .disable),
        ("host=db.test", .verifyFull), ("host=10.0.0.1", .verifyFull),
        ("host=127.0.0.1.evil.test", .verifyFull),
        ("host=localhost hostaddr=10.0.0.1", .verifyFull), ("host=db.test hostaddr=127.0.0.1", .verifyFull),
        ("hostaddr=127.0.0.1", .disable), ("host=localhost.evil.test", .verifyFull),
        ("host=localhost sslrootcert=system", .verifyFull), ("host=db.test sslmode=disable", .disable),
    ])
    func `servers elsewhere are verified unless the string says otherwise`(text: String, mode: TLSMode) throws
    {
        #expect(try read(text).tlsMode == mode)
    }

    @Test func `a string of somebody else may name neither files nor sockets`() throws {
        let good = try PostgresConfiguration(untrusted: "postgres://u:p@db.test/d?sslmode=require")
        #expect(good.host == "db.test")
        for text in [
            "user=u passfile=/etc/shadow", "user=u service=x", "user=u sslkey=/k", "user=u sslrootcert=/r",
            "user=u host=/run", "user=u host=@x", "user=u host=a,/run", "user=u options=-cx=y",
            "user=u sslkeylogfile=/f",
        ] {
            #expect(throws: PostgresError.self) { try PostgresConfiguration(untrusted: text) }
        }
        #expect(throws: PostgresError.self) {
            try PostgresConfiguration(untrusted: "user=u password=p", allowing: ["user"])
        }
    }
}
