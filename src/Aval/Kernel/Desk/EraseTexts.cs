using System.Text.Json;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>A personal text of a row, and where it stands.</summary>
public sealed record RowText(Table Table, string Key, int Column, string Text);

/// <summary>A text beside an entry, at whichever root.</summary>
public readonly record struct TextAt(string Root, long Sequence, int Ordinal);

/// <summary>What an erasure leaves in its entry.</summary>
sealed record SaidErased(string Root, IReadOnlyList<TextAt> Erased);

/// <summary>Takes texts out of the rows as they are now, and keeps which texts of the journal are erased. What lies behind is the part of <see cref="Erasure"/>.</summary>
/// <param name="Texts">All that are erased with it: a proof demands that each is said.</param>
/// <param name="Why">What is kept as the reason; null where none was said.</param>
public sealed record EraseTexts(string Root, IReadOnlyList<TextAt> Texts, IReadOnlyList<RowText> Rows, string? Why = null) : Command
{
    public const string Verb = "eraseTexts";

    public override string Name => Verb;
    public override Subject Subject => Subject.NewParty(Root);
    public override bool ChangesStructure => Root == Facts.Company;
    public override IReadOnlyList<Cite> Cites => [.. Rows.Select(row => new Cite(row.Table, row.Table.RowType, row.Key)).Distinct()];

    public override Problem? Decide(Case @case)
    {
        @case.Reason = Why;
        foreach (var texts in Rows.GroupBy(text => (text.Table, text.Key)))
            if (@case.Facts.Find(texts.Key.Table.RowType, texts.Key.Key) is { } row && texts.Aggregate(row, Without) is var left && left != row)
                @case.Put(texts.Key.Table, left, @case.Root);
        @case.Result = JsonSerializer.SerializeToUtf8Bytes(new SaidErased(Root, Texts), Json.Options);
        return null;
    }

    static object Without(object row, RowText text) =>
        text.Table.ValueOf(row, text.Column) is string value && RowFormat.TextOf(text.Table.Columns[text.Column], value) == text.Text
            ? RowFormat.Erased(text.Table, row, text.Column)
            : row;
}
