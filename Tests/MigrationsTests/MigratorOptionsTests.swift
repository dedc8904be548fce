import PostgresMigrator
import Testing

@Suite struct MigratorOptionsTests {
    @Test(
        arguments: [
            (Duration.zero, 1), (.seconds(-5), 1), (.microseconds(999), 1), (.milliseconds(1500), 1500),
            (.seconds(60), 60_000), (.seconds(2_147_483), 2_147_483_000),
            (.seconds(2_147_484), 2_147_483_647),
            (.seconds(Int64.max), 2_147_483_647),
        ] as [(Duration, Int64)])
    func `the wait for locks is whole milliseconds that the server accepts`(wait: Duration, expected: Int64) {
        #expect(MigratorOptions(lockTimeout: wait).lockTimeoutMilliseconds == expected)
    }
}
