using Aval.Kernel;
using Microsoft.AspNetCore.Components;

namespace Aval.Web;

/// <summary>A column of a list.</summary>
/// <param name="Name">In addresses and in the first line of a CSV file.</param>
/// <param name="Head">In the visitor's language.</param>
/// <param name="Value">What stands in an exported cell: a text, a day, a number, an amount; null for none.</param>
public sealed record ListColumn<TRow>(string Name, string Head, Func<TRow, object?> Value)
{
    /// <summary>How it is shown where that is more than its value.</summary>
    public RenderFragment<TRow>? Cell { get; init; }

    /// <summary>The database can order the list by it.</summary>
    public bool Sorts { get; init; }

    /// <summary>Shown unless chosen otherwise.</summary>
    public bool IsUsual { get; init; } = true;

    /// <summary>Always in a file, chosen or not: amounts mean little without their currency.</summary>
    public bool InFiles { get; init; }

    /// <summary>In what currency the amounts of a row are; a file has it always.</summary>
    public static ListColumn<TRow> Currency(Func<TRow, Currency> of) => new("currency", Translated.T("Currency"), row => of(row).Code) { IsUsual = false, InFiles = true };

    /// <summary>What can be done with the row: always shown, in no file.</summary>
    public bool IsAct { get; init; }

    /// <summary>It names the row, and is always shown.</summary>
    public bool IsName { get; init; }

    /// <summary>Amounts and counts.</summary>
    public bool IsRight { get; init; }

    /// <summary>A sentence, which wants room.</summary>
    public bool IsWide { get; init; }

    /// <summary>What nobody has said how to show.</summary>
    internal RenderFragment Show(TRow row) => Cell?.Invoke(row) ?? (builder =>
    {
        switch (Value(row))
        {
            case Money money:
                builder.OpenComponent<Amount>(0);
                builder.AddComponentParameter(1, nameof(Amount.Money), money);
                builder.CloseComponent();
                break;
            case DateOnly day:
                builder.OpenComponent<Day>(2);
                builder.AddComponentParameter(3, nameof(Day.Date), day);
                builder.CloseComponent();
                break;
            case int count: builder.AddContent(4, Say.Number(count)); break;
            case null: builder.AddContent(5, "–"); break;
            case var other:
                builder.OpenElement(6, "bdi");
                builder.AddContent(7, other.ToString());
                builder.CloseElement();
                break;
        }
    });
}
