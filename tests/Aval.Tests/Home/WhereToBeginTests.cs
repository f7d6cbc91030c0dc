using Aval.Home;

namespace Aval.Tests.Home;

/// <summary>Which line of which panel a home begins with.</summary>
public sealed class WhereToBeginTests
{
    static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public void A_home_begins_with_what_is_most_late_on_whichever_panel_it_stands() =>
        Assert.Equal("broken", WhereToBegin.Of([Of("promise", 9), Of("task", -1), Of("today", 0) with { Lines = [Line("today", 0), Line("broken", -4)] }])?.Name);

    [Fact]
    public void Ones_own_work_comes_before_what_is_later_elsewhere_as_long_as_there_is_any()
    {
        Assert.Equal("promise", WhereToBegin.Of([Empty, Of("promise", 3), Of("receipt", -30)], own: 2)?.Name);
        Assert.Equal("broken", WhereToBegin.Of([Of("promise", 3), Of("broken", -2), Of("receipt", -30)], own: 2)?.Name);
        Assert.Equal("receipt", WhereToBegin.Of([Empty, Of("promise", 3), Of("receipt", -30)], own: 1)?.Name);
    }

    [Fact]
    public void Where_nothing_is_late_it_begins_with_the_first_panel_that_asks_for_something() =>
        Assert.Equal("promise", WhereToBegin.Of([Empty, Of("promise", 9), Of("task", 1)])?.Name);

    [Fact]
    public void Where_nothing_waits_it_begins_nowhere() => Assert.Null(WhereToBegin.Of([Empty]));

    static Panel Empty => new("", "/", 0, []) { Empty = "" };

    static Panel Of(string name, int days) => new("", "/", 1, [Line(name, days)]) { Empty = "", ToDo = "See", IsByDay = true };

    static PanelLine Line(string name, int days) => new(name, "/") { Day = Today.AddDays(days), IsLate = days < 0 };
}
