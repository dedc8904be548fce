/// The keywords of connection strings and their environment variables.
///
/// Source: PostgreSQL 18 manual, "Parameter Key Words" and "Environment Variables".
enum ConnectionKeys {
    /// Every keyword that a connection string may have.
    static let all = Set(variables.keys).union(withoutVariable)

    /// The environment variable of each keyword that has one.
    static let variables = [
        "service": "PGSERVICE", "servicefile": "PGSERVICEFILE", "user": "PGUSER", "password": "PGPASSWORD",
        "passfile": "PGPASSFILE", "channel_binding": "PGCHANNELBINDING",
        "connect_timeout": "PGCONNECT_TIMEOUT", "dbname": "PGDATABASE", "host": "PGHOST",
        "hostaddr": "PGHOSTADDR", "port": "PGPORT", "client_encoding": "PGCLIENTENCODING",
        "options": "PGOPTIONS", "application_name": "PGAPPNAME", "sslmode": "PGSSLMODE",
        "sslnegotiation": "PGSSLNEGOTIATION", "sslcompression": "PGSSLCOMPRESSION", "sslcert": "PGSSLCERT",
        "sslkey": "PGSSLKEY", "sslcertmode": "PGSSLCERTMODE", "sslrootcert": "PGSSLROOTCERT",
        "sslcrl": "PGSSLCRL", "sslcrldir": "PGSSLCRLDIR", "sslsni": "PGSSLSNI",
        "requirepeer": "PGREQUIREPEER", "require_auth": "PGREQUIREAUTH",
        "min_protocol_version": "PGMINPROTOCOLVERSION", "max_protocol_version": "PGMAXPROTOCOLVERSION",
        "ssl_min_protocol_version": "PGSSLMINPROTOCOLVERSION",
        "ssl_max_protocol_version": "PGSSLMAXPROTOCOLVERSION", "gssencmode": "PGGSSENCMODE",
        "krbsrvname": "PGKRBSRVNAME", "gsslib": "PGGSSLIB", "gssdelegation": "PGGSSDELEGATION",
        "target_session_attrs": "PGTARGETSESSIONATTRS", "load_balance_hosts": "PGLOADBALANCEHOSTS",
    ]

    private static let withoutVariable: Set<String> = [
        "fallback_application_name", "keepalives", "keepalives_idle", "keepalives_interval",
        "keepalives_count", "tcp_user_timeout", "sslpassword", "replication", "scram_client_key",
        "scram_server_key", "oauth_issuer", "oauth_client_id", "oauth_client_secret", "oauth_scope",
        "sslkeylogfile",
    ]

    /// Session parameters that have a variable of their own and no keyword.
    static let sessionVariables = ["PGTZ": "timezone", "PGDATESTYLE": "datestyle", "PGGEQO": "geqo"]
}
