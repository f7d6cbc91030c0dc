using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;
using Xunit.Sdk;

namespace Aval.Tests;

/// <summary>How every law is asked: the same cases at every run, so that what fails for one fails for all; other cases under another seed.</summary>
/// <remarks><c>AVAL_SEED</c> names the seed: a number, or what FsCheck told of a failure (<c>seed,gamma</c> of a run, <c>seed,gamma,size</c> of one case).
/// <c>AVAL_CASES</c> multiplies the number of cases.</remarks>
public static class Laws
{
    const string UsualSeed = "20260302";
    const int UsualCases = 100;

    static readonly string Seed = Told("AVAL_SEED") ?? UsualSeed;
    static readonly int Times = int.Parse(Told("AVAL_CASES") ?? "1", CultureInfo.InvariantCulture);

    public static void Holds(this Property law, int cases = UsualCases) => Holds(law, cases * Times, Seed);

    internal static void Holds(Property law, int cases, string seed)
    {
        try
        {
            law.Check(Config.QuickThrowOnFailure.WithMaxTest(cases).WithReplay(FSharpOption<Replay>.Some(From(seed))));
        }
        catch (Exception broken)
        {
            throw new XunitException($"AVAL_SEED={seed} draws these {cases} cases again. {broken.Message}", broken);
        }
    }

    static Replay From(string seed)
    {
        var parts = seed.Trim('(', ')').Split(',', StringSplitOptions.TrimEntries);
        var first = ulong.Parse(parts[0], CultureInfo.InvariantCulture);
        return new Replay(
            parts.Length > 1 ? new Rnd(first, ulong.Parse(parts[1], CultureInfo.InvariantCulture)) : new Rnd(first),
            parts.Length > 2 ? FSharpOption<int>.Some(int.Parse(parts[2], CultureInfo.InvariantCulture)) : FSharpOption<int>.None);
    }

    static string? Told(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? text : null;
}
