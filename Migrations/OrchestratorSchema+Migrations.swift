public import PostgresMigrator

extension OrchestratorSchema {
    static let memoryGroup = "memory"
    static let dimensionsParameter = "embedding_dimensions"

    /// Every migration, by version.
    ///
    /// Their texts are part of the program.
    public static let migrations: [Migration] = [
        memory(1, "vector", PackageResources.m0001_vector_sql),
        workflow(2, "tenants", PackageResources.m0002_tenants_sql),
        workflow(3, "workflow", PackageResources.m0003_workflow_sql),
        workflow(4, "workflow_indexes", PackageResources.m0004_workflow_indexes_sql),
        memory(5, "memory", PackageResources.m0005_memory_sql),
        memory(6, "memory_vectors", PackageResources.m0006_memory_vectors_sql),
        workflow(7, "workflow_policies", PackageResources.m0007_workflow_policies_sql),
        memory(8, "memory_policies", PackageResources.m0008_memory_policies_sql),
        workflow(9, "runtime", PackageResources.m0009_runtime_sql),
        memory(10, "memory_additions", PackageResources.m0010_memory_additions_sql),
        role(11, "app_role", PackageResources.m0011_app_role_sql),
        role(12, "admin_role", PackageResources.m0012_admin_role_sql),
        workflow(13, "tenant_keys", PackageResources.m0013_tenant_keys_sql),
    ]

    private static func workflow(_ version: Int, _ name: String, _ sql: [UInt8]) -> Migration {
        Migration(version: version, name: name, sql: String(decoding: sql, as: UTF8.self))
    }

    private static func memory(_ version: Int, _ name: String, _ sql: [UInt8]) -> Migration {
        Migration(
            version: version, name: name, sql: String(decoding: sql, as: UTF8.self), group: memoryGroup,
            requiredExtension: "vector")
    }

    private static func role(_ version: Int, _ name: String, _ sql: [UInt8]) -> Migration {
        Migration(
            version: version, name: name, sql: String(decoding: sql, as: UTF8.self), kind: .repeating,
            mayBeRefused: true)
    }
}
