using System.Globalization;

namespace Aval.Bench;

/// <summary>How the comparison is run.</summary>
/// <param name="Database">A connection to PostgreSQL without its database; null for a server of the bench's own.</param>
/// <param name="Only">The ways to be measured; null for all.</param>
sealed record BenchOptions(string? Database, int Rounds, int Seconds, int Payers, IReadOnlyList<string>? Only)
{
    static readonly BenchOptions Short = new(null, 3, 3, 5_000, null);
    static readonly BenchOptions Long = new(null, 7, 8, 100_000, null);

    public const string Usage = "desk [--long] [--database \"CONNECTION\"] [--rounds N] [--seconds N] [--payers N] [--only WAY,WAY…]";

    /// <summary>Null when it is none.</summary>
    public static BenchOptions? Of(IReadOnlyList<string> given)
    {
        var options = given.Contains("--long") ? Long : Short;
        var rest = given.Where(word => word != "--long").ToList();
        if (rest.Count % 2 != 0) return null;
        foreach (var pair in rest.Chunk(2))
        {
            var number = int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out var whole) && whole > 0 ? whole : 0;
            var next = pair[0] switch
            {
                "--database" => options with { Database = pair[1] },
                "--rounds" when number > 0 => options with { Rounds = number },
                "--seconds" when number > 0 => options with { Seconds = number },
                "--payers" when number > 0 => options with { Payers = number },
                "--only" => options with { Only = pair[1].Split(',') },
                _ => null,
            };
            if (next is null) return null;
            options = next;
        }

        return options;
    }
}
