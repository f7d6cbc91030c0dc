using System.Collections.Immutable;
using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Tests.Jars;

/// <summary>A party of the tests: it may stand above others, whose root it then is.</summary>
public sealed record Jar(string Number, string? Above, long Capacity);

public enum CoinStatus { Inside, Waiting, Expired, Spent }

/// <summary>A document of the tests. It remembers under which rule and on which day it was decided.</summary>
/// <param name="Expires">The last day that holds.</param>
/// <param name="Rule">The number of the rule that was seen when it was put or entered.</param>
public sealed record Coin(
    string Number, string Jar, long Amount, CoinStatus Status, DateOnly Entered, DateOnly? Expires, long Rule, long Opened, DateTimeOffset PutAt, bool Shiny,
    string? Marks, string? Giver = null);

/// <summary>What the company's root says.</summary>
public sealed record JarRule(string Name, long Value)
{
    public const string Number = "number";
}

/// <summary>What is known of one root: its jars, the coins inside and waiting, and the company's rule.</summary>
public sealed record JarFacts : IFactsSlice
{
    public static readonly JarFacts Empty = new();

    public ImmutableSortedDictionary<string, Jar> Jars { get; init; } = ImmutableSortedDictionary.Create<string, Jar>(StringComparer.Ordinal);
    public ImmutableDictionary<string, Coin> Coins { get; init; } = ImmutableDictionary.Create<string, Coin>(StringComparer.Ordinal);
    public ImmutableSortedSet<(long Opened, string Number)> Waiting { get; init; } = [];
    public ImmutableSortedSet<(DateOnly Expires, string Number)> Expiring { get; init; } = [];
    public long Inside { get; init; }
    public long Capacity { get; init; }
    public long Rule { get; init; }

    public long Room => Capacity - Inside;

    public IFactsSlice With(object row) => row switch
    {
        Jar jar => RemovedJar(jar.Number) is var rest ? rest with { Jars = rest.Jars.SetItem(jar.Number, jar), Capacity = rest.Capacity + jar.Capacity } : this,
        Coin coin => Removed(coin.Number).Added(coin),
        JarRule rule => this with { Rule = rule.Value },
        _ => this,
    };

    public IFactsSlice Without(object row) => row switch
    {
        Jar jar => RemovedJar(jar.Number),
        Coin coin => Removed(coin.Number),
        _ => this,
    };

    public object? Find(Type row, string key) =>
        row == typeof(Jar) ? Jars.GetValueOrDefault(key)
        : row == typeof(Coin) ? Coins.GetValueOrDefault(key)
        : row == typeof(JarRule) && Rule > 0 ? new JarRule(JarRule.Number, Rule)
        : null;

    public IEnumerable<object> RowsOf(string party)
    {
        if (Jars.TryGetValue(party, out var jar)) yield return jar;
        foreach (var coin in Coins.Values)
            if (coin.Jar == party) yield return coin;
    }

    JarFacts RemovedJar(string number) =>
        Jars.TryGetValue(number, out var jar) ? this with { Jars = Jars.Remove(number), Capacity = Capacity - jar.Capacity } : this;

    JarFacts Added(Coin coin) => Counted(coin, +1) with { Coins = Coins.SetItem(coin.Number, coin) };
    JarFacts Removed(string number) => Coins.TryGetValue(number, out var coin) ? Counted(coin, -1) with { Coins = Coins.Remove(number) } : this;

    JarFacts Counted(Coin coin, int sign) => coin.Status switch
    {
        CoinStatus.Inside => this with
        {
            Inside = Inside + (sign * coin.Amount),
            Expiring = coin.Expires is not { } expires ? Expiring : sign > 0 ? Expiring.Add((expires, coin.Number)) : Expiring.Remove((expires, coin.Number)),
        },
        CoinStatus.Waiting => this with { Waiting = sign > 0 ? Waiting.Add((coin.Opened, coin.Number)) : Waiting.Remove((coin.Opened, coin.Number)) },
        CoinStatus.Expired or CoinStatus.Spent => this,
    };

    /// <summary>All that a decision could see, as text: equal texts are equal facts.</summary>
    public static string Dump(Facts facts)
    {
        var jars = facts.Get<JarFacts>();
        return string.Create(CultureInfo.InvariantCulture, $"""
            {facts.Root} {facts.Sequence} inside {jars.Inside} of {jars.Capacity} rule {jars.Rule}
            {string.Join('\n', jars.Jars.Values)}
            {string.Join('\n', jars.Coins.Values.OrderBy(coin => coin.Number, StringComparer.Ordinal))}
            {string.Join(' ', jars.Waiting)}
            {string.Join(' ', jars.Expiring)}
            """);
    }

    public static readonly Table<Jar> JarTable = new(
        "jar",
        [
            ("number", ColumnKind.Text, jar => jar.Number),
            ("above", ColumnKind.Text, jar => jar.Above),
            ("capacity", ColumnKind.Whole, jar => jar.Capacity),
        ],
        jar => jar.Number,
        v => new Jar(v.Text(), v.TextOrNull(), v.Whole()));

    public static readonly Table<Coin> CoinTable = new(
        "coin",
        [
            ("number", ColumnKind.Text, coin => coin.Number),
            ("jar", ColumnKind.Text, coin => coin.Jar),
            ("amount", ColumnKind.Whole, coin => coin.Amount),
            ("status", ColumnKind.Text, coin => Words.Of(coin.Status)),
            ("entered", ColumnKind.Date, coin => coin.Entered),
            ("expires", ColumnKind.Date, coin => coin.Expires),
            ("rule", ColumnKind.Whole, coin => coin.Rule),
            ("opened", ColumnKind.Whole, coin => coin.Opened),
            ("put_at", ColumnKind.Instant, coin => coin.PutAt),
            ("shiny", ColumnKind.Flag, coin => coin.Shiny),
            ("marks", ColumnKind.Json, coin => coin.Marks),
            ("giver", ColumnKind.Text, coin => coin.Giver),
        ],
        coin => coin.Jar,
        v => new Coin(
            v.Text(), v.Text(), v.Whole(), v.Word<CoinStatus>(), v.Date(), v.DateOrNull(), v.Whole(), v.Whole(), v.Instant(), v.Flag(), v.TextOrNull(), v.TextOrNull()),
        coin => coin.Status is CoinStatus.Inside or CoinStatus.Waiting,
        [new("giver"), new("marks", "by", "note")]);

    public static readonly Table<JarRule> RuleTable = new(
        "jar_rule",
        [
            ("name", ColumnKind.Text, rule => rule.Name),
            ("value", ColumnKind.Whole, rule => rule.Value),
        ],
        _ => Facts.Company,
        v => new JarRule(v.Text(), v.Whole()));
}
