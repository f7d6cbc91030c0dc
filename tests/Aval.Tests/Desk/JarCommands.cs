using Aval.Kernel;

namespace Aval.Tests.Jars;

public static class JarProblems
{
    public static readonly ProblemKind JarUnknown = new("jar-unknown", 404, "There is no such jar", "Open it first.");
    public static readonly ProblemKind JarExists = new("jar-exists", 409, "There is such a jar", "Use another number.");
    public static readonly ProblemKind JarFull = new("jar-full", 409, "There is no room", "Take something out.");
    public static readonly ProblemKind CoinUnknown = new("coin-unknown", 404, "There is no such coin", "Put it first.");
    public static readonly ProblemKind CoinGone = new("coin-gone", 409, "The coin is not inside", "Take another one.");
}

public sealed record OpenJar(string Number, long Capacity, string? Above = null) : Command
{
    public override string Name => "openJar";
    public override Subject Subject => Subject.NewParty(Number);
    public override bool ChangesStructure => true;

    public override async Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) =>
        Above is not null && await directory.RootOfAsync(Above, cancel) is { } root ? [root] : [];

    public override Problem? Decide(Case @case)
    {
        if (@case.Roots.Any(root => @case.Of(root).Find<Jar>(Number) is not null)) return JarProblems.JarExists.With(Number);
        var home = @case.Roots.FirstOrDefault(root => Above is not null && @case.Of(root).Find<Jar>(Above) is not null) ?? Number;
        @case.Put(JarFacts.JarTable, new Jar(Number, Above, Capacity), home);
        @case.Enrol(Number, home, Above);
        return null;
    }
}

/// <summary>Hangs a jar with all its coins under another one, or under none.</summary>
public sealed record MoveJar(string Number, string? Above) : Command
{
    public override string Name => "moveJar";
    public override Subject Subject => Subject.Party(Number, JarProblems.JarUnknown);
    public override bool ChangesStructure => true;
    public override bool MovesRows(IReadOnlyList<Facts> roots) => true;

    public override async Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) =>
        [Number, .. Above is not null && await directory.RootOfAsync(Above, cancel) is { } root ? [root] : Array.Empty<string>()];

    public override Problem? Decide(Case @case)
    {
        var from = @case.Root;
        var to = Above is null ? Number : @case.Roots.FirstOrDefault(root => @case.Of(root).Find<Jar>(Above) is not null);
        // The one above must itself stand alone, so that roots are one step away.
        if (to is null || (Above is not null && to != Above)) return JarProblems.JarUnknown.With(Above!);
        if (from == to) return null;
        if (@case.Facts.Get<JarFacts>().Jars.Values.Any(jar => jar.Above == Number)) return JarProblems.JarExists.With("jars stand under it");
        var rows = @case.Facts.RowsOf(Number).Select(row => (Table: @case.TableOf(row), Row: row))
            .Concat(@case.Closed[from].Where(closed => closed.Table.PartyOf(closed.Row) == Number)).ToList();
        foreach (var (table, row) in rows)
        {
            @case.Take(table, row, from);
            @case.Put(table, row is Jar jar ? jar with { Above = Above } : row, to);
        }

        if (@case.Of(from).Get<JarFacts>().Room < 0 || @case.Of(to).Get<JarFacts>().Room < 0) return JarProblems.JarFull.With(Number);
        @case.Enrol(Number, to, Above, from);
        return null;
    }
}

public sealed record PutCoin(string Number, string Jar, long Amount, DateOnly? Expires = null, bool Waits = false, string? Marks = null, string? Giver = null) : Command
{
    public const string Scope = "coin";

    public override string Name => "putCoin";
    public override Subject Subject => Subject.Party(Jar, JarProblems.JarUnknown);
    public override IReadOnlyList<Claim> Claims => [Claim.Document(Scope, Number, new { Number, Jar, Amount, Expires, Waits, Marks, Giver }, Jar)];
    public override Problem? Refuse() => Amount <= 0 ? KernelProblems.FieldInvalid.With("amount must be positive", "amount") : null;

    public override Problem? Decide(Case @case)
    {
        if (Amount == 666) throw new InvalidOperationException("this coin is cursed");
        var fits = @case.Facts.Get<JarFacts>().Room >= Amount;
        if (!fits && !Waits) return JarProblems.JarFull.With($"{Jar} has no room for {Amount}");
        @case.Put(JarFacts.CoinTable, new Coin(
            Number, Jar, Amount, fits ? CoinStatus.Inside : CoinStatus.Waiting, @case.Today, Expires, @case.Company.Get<JarFacts>().Rule, @case.NextSequence, @case.Now,
            Amount % 2 == 0, Marks, Giver));
        @case.Result = """{"said":"grüß Gott","n":1.50}"""u8.ToArray();
        return null;
    }
}

/// <summary>Takes a coin out; a closed one is brought by its citation.</summary>
public sealed record TakeCoin(string Number, string? Why = null) : Command
{
    public override string Name => "takeCoin";
    public override Subject Subject => Subject.Document(PutCoin.Scope, Number, JarProblems.CoinUnknown);
    public override IReadOnlyList<Cite> Cites => [Cite.Of(JarFacts.CoinTable, Number)];

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Coin>(Number) is not { } coin) return JarProblems.CoinUnknown.With(Number);
        if (coin.Status != CoinStatus.Inside) return JarProblems.CoinGone.With($"{Number} is {coin.Status}");
        @case.Reason = Why;
        @case.Put(JarFacts.CoinTable, coin with { Status = CoinStatus.Spent });
        return null;
    }
}

/// <summary>Spends a coin here and puts one of its amount into another jar: crosses roots without changing the structure.</summary>
public sealed record PassCoin(string Number, string NewNumber, string ToJar) : Command
{
    public override string Name => "passCoin";
    public override Subject Subject => Subject.Document(PutCoin.Scope, Number, JarProblems.CoinUnknown);
    public override IReadOnlyList<Claim> Claims => [Claim.Document(PutCoin.Scope, NewNumber, new { Number, NewNumber, ToJar }, ToJar)];
    public override IReadOnlyList<Cite> Cites => [Cite.Of(JarFacts.CoinTable, Number)];

    public override async Task<IReadOnlyList<string>> OtherRootsAsync(IDirectory directory, CancellationToken cancel) =>
        await directory.RootOfAsync(ToJar, cancel) is { } root ? [root] : [];

    public override Problem? Decide(Case @case)
    {
        if (@case.Facts.Find<Coin>(Number) is not { } coin) return JarProblems.CoinUnknown.With(Number);
        if (coin.Status != CoinStatus.Inside) return JarProblems.CoinGone.With($"{Number} is {coin.Status}");
        if (@case.Roots.FirstOrDefault(root => @case.Of(root).Find<Jar>(ToJar) is not null) is not { } to) return JarProblems.JarUnknown.With(ToJar);
        @case.Put(JarFacts.CoinTable, coin with { Status = CoinStatus.Spent });
        if (@case.Of(to).Get<JarFacts>().Room < coin.Amount) return JarProblems.JarFull.With(ToJar);
        @case.Put(JarFacts.CoinTable, coin with { Number = NewNumber, Jar = ToJar, Entered = @case.Today, Opened = @case.Of(to).Sequence + 1 }, to);
        return null;
    }
}

public sealed record SetRule(long Value, bool Nearer = false) : Command
{
    public override string Name => "setRule";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;

    public override Problem? Decide(Case @case)
    {
        @case.Put(JarFacts.RuleTable, new JarRule(JarRule.Number, Value));
        @case.BringsDatesNearer = Nearer;
        return null;
    }
}

public sealed record SetDate(DateOnly Today) : Command
{
    public override string Name => "setDate";
    public override Subject Subject => Subject.Company;
    public override bool ChangesStructure => true;

    public override Problem? Decide(Case @case)
    {
        @case.Clock = Today;
        return null;
    }
}
