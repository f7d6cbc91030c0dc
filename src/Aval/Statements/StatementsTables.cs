using System.Text.Json;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Statements.Rules;

namespace Aval.Statements;

/// <summary>The versioned rows of bank accounts, statements and lines, each at the account's own root.</summary>
static class StatementsTables
{
    public static readonly Table<BankAccount> Account = new(
        "bank_account",
        [
            ("number", ColumnKind.Text, account => account.Number),
            ("identification", ColumnKind.Text, account => account.Identification),
            ("currency", ColumnKind.Text, account => account.Currency.Code),
            ("name", ColumnKind.Text, account => account.Name),
            ("also_known_as", ColumnKind.Json, account => account.AlsoKnownAs.Count == 0 ? null : JsonSerializer.Serialize(account.AlsoKnownAs, Json.Options)),
        ],
        account => account.Party(),
        v => new BankAccount(
            v.Text(), v.Text(), v.Currency(), v.TextOrNull(), v.TextOrNull() is { } others ? JsonSerializer.Deserialize<IReadOnlyList<string>>(others, Json.Options)! : []));

    public static readonly Table<RecordedStatement> Statement = new(
        "bank_statement",
        [
            ("number", ColumnKind.Text, statement => statement.Number),
            ("account", ColumnKind.Text, statement => statement.Account),
            ("format", ColumnKind.Text, statement => Words.Of(statement.Format)),
            ("bank_id", ColumnKind.Text, statement => statement.BankId),
            ("bank_number", ColumnKind.Text, statement => statement.BankNumber),
            ("page", ColumnKind.Whole, statement => statement.Page is { } page ? (long)page : null),
            ("is_last_page", ColumnKind.Flag, statement => statement.IsLastPage),
            ("currency", ColumnKind.Text, statement => statement.Currency.Code),
            ("from_day", ColumnKind.Date, statement => statement.From),
            ("to_day", ColumnKind.Date, statement => statement.To),
            ("opening", ColumnKind.Whole, statement => statement.Opening),
            ("closing", ColumnKind.Whole, statement => statement.Closing),
            ("balances", ColumnKind.Text, statement => Words.Of(statement.Check)),
            ("differences", ColumnKind.Text, statement => statement.Differences),
            ("entries", ColumnKind.Whole, statement => (long)statement.Entries),
            ("lines", ColumnKind.Whole, statement => (long)statement.Lines),
            ("duplicates", ColumnKind.Whole, statement => (long)statement.Duplicates),
            ("pending", ColumnKind.Whole, statement => (long)statement.Pending),
            ("file", ColumnKind.Text, statement => statement.File),
            ("file_hash", ColumnKind.Text, statement => statement.FileHash),
            ("imported_at", ColumnKind.Instant, statement => statement.ImportedAt),
            ("warnings", ColumnKind.Text, statement => statement.Warnings),
        ],
        statement => BankAccount.PartyOf(statement.Account),
        v => new RecordedStatement(
            v.Text(), v.Text(), v.Word<StatementFormat>(), v.TextOrNull(), v.TextOrNull(), (int?)v.WholeOrNull(), v.Flag(), v.Currency(), v.DateOrNull(), v.DateOrNull(),
            v.WholeOrNull(), v.WholeOrNull(), v.Word<BalanceCheck>(), v.TextOrNull(), (int)v.Whole(), (int)v.Whole(), (int)v.Whole(), (int)v.Whole(), v.Text(), v.Text(),
            v.Instant()) { Warnings = v.TextOrNull() });

    public static readonly Table<StatementLine> Line = new(
        "bank_line",
        [
            ("number", ColumnKind.Text, line => line.Number),
            ("account", ColumnKind.Text, line => line.Account),
            ("statement", ColumnKind.Text, line => line.Statement),
            ("entry", ColumnKind.Text, line => line.Entry),
            ("format", ColumnKind.Text, line => Words.Of(line.Format)),
            ("day", ColumnKind.Date, line => line.Day),
            ("booked", ColumnKind.Date, line => line.Booked),
            ("value_day", ColumnKind.Date, line => line.Value),
            ("amount", ColumnKind.Whole, line => line.Amount),
            ("currency", ColumnKind.Text, line => line.Currency.Code),
            ("reversal", ColumnKind.Flag, line => line.Reversal),
            ("entry_reference", ColumnKind.Text, line => line.EntryReference),
            ("bank_reference", ColumnKind.Text, line => line.BankReference),
            ("end_to_end", ColumnKind.Text, line => line.EndToEnd),
            ("creditor_reference", ColumnKind.Text, line => line.CreditorReference),
            ("mandate", ColumnKind.Text, line => line.Mandate),
            ("customer_reference", ColumnKind.Text, line => line.CustomerReference),
            ("counterparty", ColumnKind.Text, line => line.Counterparty),
            ("counterparty_account", ColumnKind.Text, line => line.CounterpartyAccount),
            ("counterparty_bank", ColumnKind.Text, line => line.CounterpartyBank),
            ("remittance", ColumnKind.Text, line => line.Remittance),
            ("code", ColumnKind.Text, line => line.Code),
            ("payments", ColumnKind.Whole, line => (long)line.Payments),
            ("state", ColumnKind.Text, line => Words.Of(line.State)),
            ("receipt", ColumnKind.Text, line => line.Receipt),
            ("reason", ColumnKind.Text, line => line.Reason),
        ],
        line => BankAccount.PartyOf(line.Account),
        v => new StatementLine(
            v.Text(), v.Text(), v.Text(), v.Text(), v.Word<StatementFormat>(), v.Date(), v.DateOrNull(), v.DateOrNull(), v.Whole(), v.Currency(), v.Flag(), v.TextOrNull(),
            v.TextOrNull(), v.TextOrNull(), v.TextOrNull(), v.TextOrNull(), v.TextOrNull(), v.TextOrNull(), v.TextOrNull(), v.TextOrNull(), v.TextOrNull(), v.TextOrNull(),
            (int)v.Whole(), v.Word<LineState>(), v.TextOrNull(), v.TextOrNull()),
        line => line.IsOpen(),
        [new("counterparty"), new("counterparty_account"), new("remittance"), new("reason")]);

    public static readonly Table<SavedMapping> Mapping = new(
        "csv_mapping",
        [
            ("name", ColumnKind.Text, mapping => mapping.Name),
            ("body", ColumnKind.Json, mapping => JsonSerializer.Serialize(mapping.Body, Json.Options)),
            ("removed", ColumnKind.Flag, mapping => mapping.Removed),
        ],
        party: null,
        v => new SavedMapping(v.Text(), JsonSerializer.Deserialize<CsvMappingBody>(v.Text(), Json.Options)!, v.Flag()));

    public static IReadOnlyList<Table> All { get; } = [Account, Statement, Line, Mapping];
}
