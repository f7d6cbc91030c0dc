using System.Globalization;
using Aval.Checks.Rules;

namespace Aval.Tests.Checks;

/// <summary>Deadlines run from Monday to Friday, nine to five. 2 March 2026 is a Monday.</summary>
public sealed class WorkingTimeTests
{
    [Fact]
    public void Hours_pass_only_while_people_work() => Table.Check("""
        from              hours | due
        2026-03-02T10:00  4     | 2026-03-02T14:00
        2026-03-02T13:00  4     | 2026-03-02T17:00
        2026-03-02T13:30  4     | 2026-03-03T09:30
        2026-03-02T06:00  8     | 2026-03-02T17:00
        2026-03-02T20:00  8     | 2026-03-03T17:00
        2026-03-06T16:00  4     | 2026-03-09T12:00
        2026-03-07T12:00  4     | 2026-03-09T13:00
        2026-03-02T12:00  16    | 2026-03-04T12:00
        2026-03-02T12:00  0     | 2026-03-02T12:00
        """, row => Assert.Equal(At(row["due"]), WorkingTime.After(At(row["from"]), row.Integer("hours"))));

    static DateTime At(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
