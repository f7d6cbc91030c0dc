using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Policies;
using Aval.Policies.Rules;

namespace Aval.Tests.Policies;

/// <summary>A policy is drafted by one person and activated by another; its versions never change.</summary>
public sealed class DraftTests
{
    static readonly DateOnly Today = new(2026, 3, 2);
    static readonly Composition Composition = new([new PoliciesCapability()]);

    [Fact]
    public void A_new_store_records_the_preset_as_version_1_and_does_so_once()
    {
        var (problem, started) = Run(Composition.Empty(Facts.Company), "start", new AdoptStandard());
        Assert.Null(problem);
        Assert.Equal(1, Assert.Single(Of(started).Versions).Version);
        var (_, again) = Run(started, "start", new AdoptStandard());
        Assert.Same(started, again);
        Assert.Equal(1, Of(Composition.Empty(Facts.Company)).Current.Version);
    }

    [Fact]
    public void A_draft_holds_for_nobody_until_another_person_activates_it()
    {
        var (_, drafted) = Run(Started(), "mia", Draft("""{"basedOn": "standard", "horizonDays": 5}"""));
        Assert.Equal((5, 30, 1), (Of(drafted).Draft!.Policy.HorizonDays, Of(drafted).Current.Policy.HorizonDays, Of(drafted).Current.Version));
        var (self, unchanged) = Run(drafted, "mia", new ActivateDraft("winter"));
        Assert.Equal("same-person", self?.Code);
        Assert.Same(drafted, unchanged);
        var (problem, active) = Run(drafted, "lea", new ActivateDraft("winter"));
        Assert.Null(problem);
        Assert.Equal((2, 5), (Of(active).Current.Version, Of(active).Current.Policy.HorizonDays));
        var version = Of(active).Version(2)!;
        Assert.Equal(("mia", "lea", "winter", Today), (version.Author, version.ApprovedBy, version.Reason, version.Effective));
        Assert.Null(Of(active).Draft);
        Assert.Equal("draft-missing", Run(active, "lea", new ActivateDraft("again")).Problem?.Code);
        Assert.Equal(30, Of(active).Compiled(1)!.Policy.HorizonDays);
    }

    [Fact]
    public void A_version_that_names_a_later_day_holds_from_that_day_on()
    {
        var (_, drafted) = Run(Started(), "mia", Draft("""{"basedOn": "standard", "horizonDays": 5}"""));
        var (problem, active) = Run(drafted, "lea", new ActivateDraft("spring", Today.AddDays(3)));
        Assert.Null(problem);
        Assert.Equal((1, 1, 2), Numbers(active, 0, 2, 3));
        Assert.Equal([PolicyState.Holds, PolicyState.Waits], Of(active).Versions.Select(Of(active).StateOf));
        Assert.Equal([PolicyState.Past, PolicyState.Holds], Of(active).Versions.Select(Of(active with { Through = Today.AddDays(3) }).StateOf));

        // What is activated after it overtakes it, though its own day came earlier.
        var (_, overtaken) = Activated(active, """{"basedOn": "standard", "horizonDays": 9}""");
        Assert.Equal((3, 3, 3), Numbers(overtaken, 0, 2, 3));
        Assert.Equal([PolicyState.Past, PolicyState.Past, PolicyState.Holds], Of(overtaken).Versions.Select(Of(overtaken).StateOf));
    }

    [Fact]
    public void A_version_never_holds_before_today_nor_in_ten_years()
    {
        var (_, drafted) = Run(Started(), "mia", Draft("""{"basedOn": "standard"}"""));
        Assert.Equal("effectiveFrom", Run(drafted, "lea", new ActivateDraft("late", Today.AddDays(-1))).Problem?.Field);
        Assert.Equal("effectiveFrom", Run(drafted, "lea", new ActivateDraft("far", Today.AddDays(3651))).Problem?.Field);
        Assert.Null(Run(drafted, "lea", new ActivateDraft("today", Today)).Problem);
    }

    static (int, int, int) Numbers(Facts facts, int first, int second, int third)
    {
        int On(int days) => Of(facts with { Through = Today.AddDays(days) }).Current.Version;
        return (On(first), On(second), On(third));
    }

    [Fact]
    public void A_draft_is_based_on_the_preset_or_on_any_version()
    {
        var (_, second) = Activated(Started(), """{"basedOn": "standard", "horizonDays": 5}""");
        var (_, third) = Activated(second, """{"basedOn": 2, "watchPercent": 80}""");
        Assert.Equal((5, 80m), (Of(third).Current.Policy.HorizonDays, Of(third).Current.Policy.WatchPercent));
        var (_, fourth) = Activated(third, """{"basedOn": 1}""");
        Assert.Equal((4, 30, 90m), (Of(fourth).Current.Version, Of(fourth).Current.Policy.HorizonDays, Of(fourth).Current.Policy.WatchPercent));
    }

    [Theory, InlineData(29, false), InlineData(30, false), InlineData(31, true)]
    public void Orders_enter_a_wider_horizon_sooner_than_their_roots_expect(int horizonDays, bool nearer)
    {
        var work = Work(Run(Started(), "mia", Draft($$"""{"basedOn": "standard", "horizonDays": {{horizonDays}}}""")).Facts, "lea");
        Assert.Null(new ActivateDraft("because").Decide(work));
        Assert.Equal(nearer, work.BringsDatesNearer);
    }

    /// <summary>Versions as <c>day:horizon</c>, activated in this order; the preset, with 30 days, holds before. An order of a ship date so many days ahead.</summary>
    [Fact]
    public void An_order_enters_the_horizon_by_the_version_that_holds_then() => Table.Check("""
        ships  enters | versions
        40     10     | -
        40     10     | 5:30
        40     5      | 5:60
        36     5      | 5:60
        35     5      | 5:60
        34     4      | 5:60
        66     6      | 5:60
        40     20     | 5:20
        34     4      | 5:20
        40     5      | 5:60 8:20
        68     11     | 5:60 8:20 11:60
        70     11     | 5:60 8:20 11:60
        40     10     | 5:60 4:30
        40     0      | 5:60 0:40
        """, row =>
        {
            var facts = Started();
            foreach (var version in row.Words("versions").Select(cell => cell.Split(':').Select(int.Parse).ToArray()))
            {
                var (_, drafted) = Run(facts, "mia", Draft($$"""{"basedOn": "standard", "horizonDays": {{version[1]}}}"""));
                facts = Run(drafted, "lea", new ActivateDraft("because", Today.AddDays(version[0]))).Facts;
            }

            Assert.Equal(row.Integer("enters"), Of(facts).Enters(Today.AddDays(row.Integer("ships"))).DayNumber - Today.DayNumber);
        });

    [Fact]
    public void A_version_of_a_later_day_brings_dates_nearer_where_it_is_wider_than_any_that_is_known()
    {
        var (_, narrow) = Run(Run(Started(), "mia", Draft("""{"basedOn": "standard", "horizonDays": 10}""")).Facts, "lea", new ActivateDraft("less", Today.AddDays(9)));
        var work = Work(Run(narrow, "mia", Draft("""{"basedOn": "standard", "horizonDays": 11}""")).Facts, "lea");
        Assert.Null(new ActivateDraft("because", Today.AddDays(20)).Decide(work));
        Assert.True(work.BringsDatesNearer);
    }

    [Fact]
    public void What_cannot_be_drafted_is_refused() => Table.Check("""
        code            field       | body
        field-invalid   basedOn     | {"horizonDays": 5}
        field-invalid   basedOn     | {"basedOn": "mine"}
        field-invalid   basedOn     | {"basedOn": 0}
        policy-unknown  basedOn     | {"basedOn": 7}
        field-unknown   horizonDay  | {"basedOn": "standard", "horizonDay": 5}
        field-invalid   basedOn     | []
        """, row =>
        {
            var problem = Run(Started(), "mia", Draft(row.Text[(row.Text.IndexOf('|', StringComparison.Ordinal) + 1)..])).Problem;
            Assert.Equal((row["code"], row["field"]), (problem?.Code, problem?.Field));
        });

    [Fact]
    public void An_activation_says_why() => Assert.Equal("reason", new ActivateDraft(" ").Refuse()?.Field);

    [Fact]
    public void A_version_and_a_draft_are_read_back_from_their_rows_as_they_were_written()
    {
        var (_, drafted) = Run(Activated(Started(), """{"basedOn": "standard", "currency": "USD"}""").Facts, "mia", Draft("""{"basedOn": 2}"""));
        var version = Of(drafted).Version(2)!;
        var read = (PolicyVersion)Stored(PolicyVersion.Table, version);
        Assert.Equal((version with { Policy = read.Policy }, PolicyJson.Write(version.Policy)), (read, PolicyJson.Write(read.Policy)));
        var draft = Of(drafted).Draft!;
        var readDraft = (PolicyDraft)Stored(PolicyDraft.Table, draft);
        Assert.Equal((draft with { Policy = readDraft.Policy }, PolicyJson.Write(draft.Policy)), (readDraft, PolicyJson.Write(readDraft.Policy)));
    }

    static object Stored(Aval.Kernel.Storage.Table table, object row) =>
        table.Read(new Values([.. table.Columns.Select((_, column) => table.ValueOf(row, column))]));

    static Facts Started() => Run(Composition.Empty(Facts.Company) with { Through = Today }, "start", new AdoptStandard()).Facts;

    static (Problem? Problem, Facts Facts) Activated(Facts facts, string draft) =>
        Run(Run(facts, "mia", Draft(draft)).Facts, "lea", new ActivateDraft("because"));

    static PutDraft Draft(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new PutDraft(document.RootElement.Clone());
    }

    static PoliciesFacts Of(Facts facts) => facts.Get<PoliciesFacts>();

    static (Problem? Problem, Facts Facts) Run(Facts facts, string actor, Command command)
    {
        var work = Work(facts, actor);
        var problem = command.Refuse() ?? command.Decide(work);
        return (problem, problem is null ? work.Facts : facts);
    }

    static Case Work(Facts facts, string actor) => new(
        Facts.Company, Actor.Key(actor), DateTimeOffset.UnixEpoch, Today, new Dictionary<string, Facts>(StringComparer.Ordinal) { [Facts.Company] = facts }, Composition);
}
