using Aval.Kernel.Storage;
using Npgsql;

namespace Aval.Tests.Kernel;

/// <summary>Where a backup's programs go, and how: as the connection string says, and with nothing secret among what every user of the machine can read.</summary>
public sealed class PostgresToolTests
{
    [Theory]
    [InlineData("Disable", "disable")]
    [InlineData("Allow", "allow")]
    [InlineData("Prefer", "prefer")]
    [InlineData("Require", "require")]
    [InlineData("VerifyCA", "verify-ca")]
    [InlineData("VerifyFull", "verify-full")]
    public void They_protect_the_connection_as_the_connection_string_does(string mode, string word)
    {
        var start = PostgresTool.At(new($"Host=db;Database=aval;SSL Mode={mode};Root Certificate=/etc/aval/ca.pem"), "pg_dump", []);
        Assert.Equal((word, "/etc/aval/ca.pem"), (start.Environment["PGSSLMODE"], start.Environment["PGSSLROOTCERT"]));
    }

    [Fact]
    public void They_ask_each_host_for_the_one_that_takes_writes_and_hide_the_password()
    {
        var place = new NpgsqlConnectionStringBuilder("Host=db-1:5433,db-2;Port=5432;Database=aval;Username=aval;Password=geheim");
        var start = PostgresTool.At(place, "pg_restore", ["--single-transaction"]);
        Assert.Equal("--host db-1,db-2 --port 5433,5432 --dbname aval --no-password --single-transaction", string.Join(' ', start.ArgumentList));
        Assert.Equal(("primary", "aval", "geheim"), (start.Environment["PGTARGETSESSIONATTRS"], start.Environment["PGUSER"], start.Environment["PGPASSWORD"]));
    }
}
