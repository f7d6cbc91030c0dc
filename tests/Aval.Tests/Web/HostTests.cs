using System.Net;
using System.Net.Sockets;
using Aval.Tests.Infrastructure;

namespace Aval.Tests.Web;

/// <summary>The command line as a process: what cannot start says why in one line and ends with 1.</summary>
public sealed class HostTests
{
    [Fact]
    public void An_address_that_is_taken_is_said_in_one_line()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}";
        Assert.Equal($"aval: Failed to bind to address {url}: address already in use.", Refused("--urls", url));
        string[] operations =
        [
            "--otlp", "http://127.0.0.1:1", "--rate-limit", "10", "--drain", "1", "--keep", "documents=60", "--keep", "users=24", "--log", "json", "--log-level", "critical",
        ];
        Assert.Equal($"aval: Failed to bind to address {url}: address already in use.", Refused([.. operations, "--urls", url]));
    }

    [Fact]
    public void A_database_that_cannot_be_opened_is_said_in_one_line() =>
        Assert.StartsWith("aval: The database cannot be opened: ", Refused("--database", "Host=127.0.0.1;Port=1;Database=aval;Timeout=2"), StringComparison.Ordinal);

    [Fact]
    public void A_date_that_is_none_is_said_in_one_line() => Assert.Equal("--today must be a date as YYYY-MM-DD", Refused("--today", "2026-02-30"));

    [Theory, InlineData(""), InlineData("  ")]
    public void A_bootstrap_key_that_is_none_is_refused(string key) =>
        Assert.Equal("--admin-key (or AVAL_ADMIN_KEY) must not be empty", Refused("--admin-key", key));

    [Theory]
    [InlineData("--otlp must be an address as http://collector:4318", "--otlp", "nowhere")]
    [InlineData("--rate-limit must be from 1 to 100000", "--rate-limit", "0")]
    [InlineData("aval: --rate-limit must be a whole number", "--rate-limit", "many")]
    [InlineData("--log must be one of plain, json", "--log", "xml")]
    [InlineData("aval: --drain must be a whole number", "--drain", "1.5")]
    [InlineData("--drain must be from 0 to 300", "--drain", "301")]
    [InlineData("--keep must be as documents=60: one of documents, users, customers, accessLog, and 1 to 240 months, of accessLog 12 at least", "--keep", "orders=60")]
    [InlineData("--keep must be as documents=60: one of documents, users, customers, accessLog, and 1 to 240 months, of accessLog 12 at least", "--keep", "accessLog=11")]
    public void An_option_of_operations_that_makes_no_sense_is_said_in_one_line(string said, params string[] options) => Assert.Equal(said, Refused(options));

    [Theory]
    [InlineData("--seed must be a whole number from 0", "simulate", "--out", "nowhere", "--seed", "x")]
    [InlineData("--seed must be a whole number from 0", "demo", "--seed", "-1")]
    [InlineData("aval: --months must be a whole number", "simulate", "--out", "nowhere", "--months", "1.5")]
    public void An_option_of_another_kind_is_said_first(string said, params string[] command)
    {
        var (code, _, errors) = Repository.Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "Aval.Host.dll"), .. command]);
        Assert.Equal((1, said), (code, errors.Split('\n')[0]));
    }

    static string Refused(params string[] options)
    {
        var folder = Directory.CreateTempSubdirectory("aval-host-");
        try
        {
            var host = Path.Combine(AppContext.BaseDirectory, "Aval.Host.dll");
            var (code, _, errors) = Repository.Run("dotnet", [host, "serve", "--data", folder.FullName, .. options]);
            Assert.Equal(1, code);
            return Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
