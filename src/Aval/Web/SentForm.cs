using Aval.Kernel;
using Aval.Kernel.Storage;
using Microsoft.AspNetCore.Http;

namespace Aval.Web;

/// <summary>What a form has sent, read field by field; the first value that cannot be read is its fault, told in one sentence for each kind of slip.</summary>
public sealed class SentForm(IFormCollection form)
{
    /// <summary>A field that must not stay empty.</summary>
    public static Problem Empty(string name) => KernelProblems.Invalid(name, "must not be empty");

    public static Problem NoNumber(string name) => KernelProblems.Invalid(name, "must be a number");

    public static Problem NoWhole(string name) => KernelProblems.Invalid(name, "must be a whole number");

    public static Problem NoDay(string name) => KernelProblems.Invalid(name, "must be a day");

    public static Problem NoChoice(string name) => KernelProblems.Invalid(name, "must be one of the choices");

    public Problem? Fault { get; private set; }

    /// <summary>Trimmed; null when it is absent or empty.</summary>
    public string? Text(string name) => Entered.Text(form, name);

    /// <summary>All that fields of one name hold, but for the empty ones.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. form[name].OfType<string>().Select(text => text.Trim()).Where(text => text.Length > 0)];

    public string Needed(string name)
    {
        if (Text(name) is { } text) return text;
        Fault ??= Empty(name);
        return "";
    }

    public decimal? Number(string name) => Read(name, Entered.Number, NoNumber);

    /// <summary>0 where there is none, which is its fault.</summary>
    public decimal NeededNumber(string name) => Needed(name).Length > 0 && Number(name) is { } number ? number : 0;

    /// <summary>A number without decimals, not below zero.</summary>
    public int? Whole(string name) => Read<int>(
        name, text => Entered.Number(text) is { } number and >= 0 and <= int.MaxValue && number == decimal.Truncate(number) ? (int)number : null, NoWhole);

    public DateOnly? Day(string name) => Read(name, Entered.Day, NoDay);

    public DateOnly NeededDay(string name) => Needed(name).Length > 0 && Day(name) is { } day ? day : default;

    public TWord? Word<TWord>(string name) where TWord : struct, Enum => Read<TWord>(name, text => Words.TryParse<TWord>(text, out var word) ? word : null, NoChoice);

    public TWord NeededWord<TWord>(string name) where TWord : struct, Enum => Needed(name).Length > 0 && Word<TWord>(name) is { } word ? word : default;

    /// <summary>A value of another kind; null where the field is empty, or cannot be read, which is its fault.</summary>
    public T? Read<T>(string name, Func<string, T?> read, Func<string, Problem> slip) where T : struct
    {
        if (Text(name) is not { } text) return null;
        if (read(text) is { } value) return value;
        Refuse(slip(name));
        return null;
    }

    /// <summary>What it says, by field: all but the token, which proves where it came from.</summary>
    public IReadOnlyDictionary<string, string?[]> All =>
        new SortedDictionary<string, string?[]>(form.Where(one => one.Key != "token").ToDictionary(one => one.Key, one => one.Value.ToArray()), StringComparer.Ordinal);

    public IFormCollection Form => form;

    /// <summary>Something else about it is wrong; the first counts.</summary>
    public void Refuse(Problem slip) => Fault ??= slip;

    /// <summary>Rows of two fields each; those whose second is empty are left out.</summary>
    public IReadOnlyList<(string First, decimal Second)> Rows(string first, string second)
    {
        var rows = new List<(string, decimal)>();
        foreach (var (name, amount) in form[first].Zip(form[second], (one, two) => (one?.Trim() ?? "", two?.Trim() ?? "")))
        {
            if (amount.Length == 0) continue;
            if (Entered.Number(amount) is { } value && name.Length > 0) rows.Add((name, value));
            else Fault ??= name.Length > 0 ? NoNumber(second) : Empty(first);
        }

        return rows;
    }

}
