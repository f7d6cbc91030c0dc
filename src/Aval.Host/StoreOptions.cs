using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Aval.Kernel;
using Aval.Kernel.Storage;

namespace Aval.Host;

/// <summary>Which store a verb works on, said in the same way everywhere.</summary>
static class StoreOptions
{
    public static readonly Option<string> Data = new("--data")
    {
        Description = "The folder of the embedded store", DefaultValueFactory = _ => "./aval-data", HelpName = "DIR",
    };
    public static readonly Option<string?> Database = new("--database")
    {
        Description = "A PostgreSQL connection string in place of the embedded store (or AVAL_DATABASE); a missing database is created",
        DefaultValueFactory = _ => FromEnvironment("AVAL_DATABASE"),
        HelpName = "CONN",
    };

    /// <summary>The store that was named, not opened yet.</summary>
    public static Store Of(ParseResult given)
    {
        var composition = new Composition(Capabilities.All);
        try
        {
            return Named(given, composition);
        }
        catch (ArgumentException e)
        {
            throw new StoreRefusedException("The connection string cannot be read: " + e.Message);
        }
    }

    static Store Named(ParseResult given, Composition composition) =>
        given.GetValue(Database) is { } database ? new PostgresStore(composition, database) : new SqliteStore(composition, given.GetValue(Data)!);

    public static string? FromEnvironment(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    public static DateOnly? Date(ArgumentResult result) =>
        DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : Wrong<DateOnly?>(result, "a date as YYYY-MM-DD");

    public static int Whole(ArgumentResult result) =>
        int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : Wrong<int>(result, "a whole number");

    public static ulong Seed(ArgumentResult result) =>
        ulong.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : Wrong<ulong>(result, "a whole number from 0");

    public static int? WholeOrNone(ArgumentResult result) => Whole(result);

    /// <summary>One of an enum's names, in any case.</summary>
    public static TEnum Word<TEnum>(ArgumentResult result) where TEnum : struct, Enum =>
        Array.Find(Enum.GetNames<TEnum>(), name => name.Equals(result.Tokens[0].Value, StringComparison.OrdinalIgnoreCase)) is { } found
            ? Enum.Parse<TEnum>(found)
            : Wrong<TEnum>(result, "one of " + string.Join(", ", Enum.GetNames<TEnum>()).ToLowerInvariant());

    static T? Wrong<T>(ArgumentResult result, string must)
    {
        result.AddError($"{((OptionResult)result.Parent!).Option.Name} must be {must}");
        return default;
    }
}
