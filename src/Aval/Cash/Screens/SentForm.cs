using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Web;
using Microsoft.AspNetCore.Http;

namespace Aval.Cash.Screens;

/// <summary>What a form has sent; the first value that cannot be read is its fault.</summary>
sealed class SentForm(IFormCollection form)
{
    public Problem? Fault { get; private set; }

    public string? Text(string name) => Entered.Text(form, name);

    /// <summary>All that fields of one name hold.</summary>
    public IReadOnlyList<string> Texts(string name) => [.. form[name].OfType<string>().Where(text => text.Length > 0)];

    public string Needed(string name)
    {
        if (Text(name) is { } text) return text;
        Fault ??= KernelProblems.Invalid(name, "must not be empty");
        return "";
    }

    public decimal? Number(string name) => Read(name, Entered.Number);

    public DateOnly? Day(string name) => Read(name, Entered.Day);

    public TWord? Word<TWord>(string name) where TWord : struct, Enum => Read<TWord>(name, text => Words.TryParse<TWord>(text, out var word) ? word : null);

    /// <summary>Rows of two fields each; those whose second is empty are left out.</summary>
    public IReadOnlyList<(string First, decimal Second)> Rows(string first, string second)
    {
        var rows = new List<(string, decimal)>();
        foreach (var (name, amount) in form[first].Zip(form[second], (one, two) => (one?.Trim() ?? "", two?.Trim() ?? "")))
        {
            if (amount.Length == 0) continue;
            if (Entered.Number(amount) is { } value && name.Length > 0) rows.Add((name, value));
            else Fault ??= KernelProblems.Invalid(name.Length > 0 ? second : first, "has no valid value");
        }

        return rows;
    }

    T? Read<T>(string name, Func<string, T?> read) where T : struct
    {
        if (Text(name) is not { } text) return null;
        if (read(text) is { } value) return value;
        Fault ??= KernelProblems.Invalid(name, "has no valid value");
        return null;
    }
}
