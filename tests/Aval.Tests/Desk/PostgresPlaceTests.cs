using Aval.Kernel.Storage;

namespace Aval.Tests.Jars;

/// <summary>For how long a statement may tell nothing: by who waits for it, and by what the connection string says.</summary>
public sealed class PostgresPlaceTests
{
    [Theory]
    [InlineData("", null, 0, null, null)]
    [InlineData(";Command Timeout=45", null, 45, null, null)]
    [InlineData("", 10, 30, 10, 600)]
    [InlineData(";Command Timeout=45", 10, 45, 10, null)]
    [InlineData(";commandtimeout=45", 10, 45, 10, null)]
    public void Statements_are_given_up_by_who_waits(string more, int? patience, int all, int? callers, int? own)
    {
        var place = PostgresPlace.Of("Host=db;Database=aval" + more, patience is { } seconds ? TimeSpan.FromSeconds(seconds) : null);
        Assert.Equal((all, callers, own), (place.Settings.CommandTimeout, place.Callers, place.Own));
    }
}
