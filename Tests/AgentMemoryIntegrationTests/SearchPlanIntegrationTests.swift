import AgentMemory
import FoundationEssentials
import OrchestratorPostgres
import PostgresWire
import StoreContracts
import TestSupport
import Testing

@Suite struct SearchPlanIntegrationTests {
    private static let tenants = [TenantID(UUID()), TenantID(UUID())]

    @Test func `a tenant that owns one row in a hundred gets its full answer, exact and in half precision`()
        async throws
    {
        try await TestServer.withDatabase(.migrated(dimensions: 8)) { database async throws in
            let client = database.client
            let (large, small) = (Self.tenants[0], Self.tenants[1])
            try await client.execute(
                """
                INSERT INTO tenants (id, slug, name) SELECT id, id::text, 'Tenant'
                FROM unnest(\(Self.tenants.map(\.uuid))) AS t (id)
                """)
            try await client.execute(
                """
                INSERT INTO memory_facts (id, content, provenance, valid_from, embedding, tags, tenant_id)
                SELECT gen_random_uuid(), 'fact ' || n,
                    '{"source": "system", "created_at": "2026-01-01T00:00:00.000Z"}', now(),
                    ARRAY[1 + sin(n), cos(n * 7), sin(n * 13), cos(n * 29), 1, sin(n * 3), 0.5, cos(n)]::vector,
                    '[]', CASE WHEN n % 100 = 0 THEN \(small.uuid) ELSE \(large.uuid) END
                FROM generate_series(1, 5000) AS n
                """)
            try await client.execute(
                """
                CREATE INDEX half ON memory_facts
                USING hnsw ((embedding::halfvec(8)) halfvec_cosine_ops)
                """)
            try await client.execute("ANALYZE memory_facts")
            let query: [Float] = [1, 0.5, -0.25, 0.75, 1, 0, 0.5, -0.5]
            let options = SearchOptions(limit: 40, minSimilarity: -1)
            var exact = PostgresIndexOptions()
            exact.isExact = true
            var half = PostgresIndexOptions()
            half.precision = .half
            // The vectors lie close together, closer than half precision tells apart.
            half.efSearch = 1_000
            for tenant in [large, small] {
                let truth = try await PostgresMemoryIndex(client, tenant: tenant, index: exact)
                    .searchFacts(query, options).map(\.item.id)
                #expect(truth.count == 40)
                for index in [PostgresIndexOptions(), half] {
                    let found = try await PostgresMemoryIndex(client, tenant: tenant, index: index)
                        .searchFacts(query, options)
                    #expect(found.count == 40)
                    #expect(found.map(\.score) == found.map(\.score).sorted(by: >))
                    #expect(Set(found.map(\.item.id)).intersection(truth).count >= 38)
                }
            }
        }
    }
}
