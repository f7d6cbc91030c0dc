using Npgsql;

namespace Aval.Tests.Infrastructure;

public sealed class PostgresClusterTests(PostgresCluster cluster)
{
    [Fact]
    public void Every_database_is_empty_and_its_own()
    {
        var (first, second) = (cluster.CreateDatabase(), cluster.CreateDatabase());
        Ask(first, "CREATE TABLE mark (n int)");
        Assert.Equal(1L, Ask(first, "SELECT count(*) FROM pg_tables WHERE tablename = 'mark'"));
        Assert.Equal(0L, Ask(second, "SELECT count(*) FROM pg_tables WHERE tablename = 'mark'"));
    }

    [Fact]
    public void A_database_has_locale_C_and_UTF8() =>
        Assert.Equal("C C UTF8", Ask(cluster.CreateDatabase(), """
            SELECT datcollate || ' ' || datctype || ' ' || pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()
            """));

    [Fact]
    public void The_name_of_an_unused_database_is_free()
    {
        var refusal = Assert.Throws<PostgresException>(() => Ask(cluster.UnusedDatabase(), "SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, refusal.SqlState);
    }

    [Fact]
    public void A_durable_cluster_waits_for_the_disk_and_leaves_nothing_behind()
    {
        string connection;
        using (var durable = PostgresCluster.Durable())
        {
            connection = durable.CreateDatabase();
            Assert.Equal("on", Ask(connection, "SHOW synchronous_commit"));
            Assert.Equal("on", Ask(connection, "SHOW fsync"));
        }
        Assert.ThrowsAny<NpgsqlException>(() => Ask(connection, "SELECT 1"));
    }

    static object? Ask(string database, string question)
    {
        using var connection = new NpgsqlConnection(database + ";Pooling=false");
        connection.Open();
        using var command = new NpgsqlCommand(question, connection);
        return command.ExecuteScalar();
    }
}
