using System.Text.Json;
using Aval.Kernel.Journal;
using Aval.Kernel.Storage;

namespace Aval.Kernel;

/// <summary>A personal text of a row, and where it stands.</summary>
public sealed record RowText(Table Table, string Key, int Column, string Text);

/// <summary>Takes texts out of the rows as they are now, and keeps which texts of the journal were erased. What lies behind is the part of <see cref="Erasure"/>.</summary>
public sealed record EraseTexts(string Root, IReadOnlyList<TextId> Texts, IReadOnlyList<RowText> Rows) : Command
{
    public override string Name => "eraseTexts";
    public override Subject Subject => Subject.NewParty(Root);
    public override bool ChangesStructure => Root == Facts.Company;
    public override IReadOnlyList<Cite> Cites => [.. Rows.Select(row => new Cite(row.Table, row.Table.RowType, row.Key)).Distinct()];

    public override Problem? Decide(Case @case)
    {
        foreach (var (table, key, column, text) in Rows)
            if (@case.Facts.Find(table.RowType, key) is { } row && table.ValueOf(row, column) is string value && RowFormat.TextOf(table.Columns[column], value) == text)
                @case.Put(table, RowFormat.Erased(table, row, column), @case.Root);
        @case.Result = JsonSerializer.SerializeToUtf8Bytes(new { root = Root, erased = Texts.Select(text => new[] { text.Sequence, text.Ordinal }) }, Json.Options);
        return null;
    }
}
