using System.Collections.Immutable;
using System.Data.Common;
using Aval.Kernel;
using Aval.Kernel.Storage;
using Aval.Statements.Rules;

namespace Aval.Statements;

/// <summary>What can be asked of statements and lines beyond the facts. The matching of lines begins with <see cref="OpenLinesAsync"/>.</summary>
public sealed class StatementsQuery(Store store)
{
    public static readonly Sorting WaitingSorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["day"] = "day", ["from"] = "lower(counterparty)", ["amount"] = Sorting.Amount + "amount" },
        "day", "number, root");

    /// <summary>Of one account, so of one currency.</summary>
    public static readonly Sorting LineSorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["day"] = "day", ["counterparty"] = "lower(counterparty)", ["amount"] = "amount", ["state"] = "state", ["receipt"] = "receipt",
        },
        "day DESC", "number, root");

    public static readonly Sorting StatementSorting = new(
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["account"] = "account", ["format"] = "format", ["days"] = "to_day", ["lines"] = "lines", ["known"] = "duplicates", ["check"] = "balances", ["taken"] = "imported_at",
        },
        "to_day DESC NULLS LAST, imported_at DESC", "account, length(number) DESC, number DESC");

    public async Task<IReadOnlyList<BankAccount>> AccountsAsync(CancellationToken cancel) =>
        await ListAsync<BankAccount>(StatementsTables.Account, "FROM bank_account WHERE to_sequence IS NULL ORDER BY number", _ => { }, cancel);

    public async Task<BankAccount?> AccountAsync(string number, CancellationToken cancel) =>
        await OneAsync<BankAccount>(
            StatementsTables.Account, "FROM bank_account WHERE to_sequence IS NULL AND lane = @lane AND root = @root AND number = @number",
            ask => At(ask, number, number), cancel);

    /// <summary>The statement recorded from a place in a file; null when there is none.</summary>
    public async Task<RecordedStatement?> ByHashAsync(string hash, CancellationToken cancel) =>
        await OneAsync<RecordedStatement>(
            StatementsTables.Statement, "FROM bank_statement WHERE to_sequence IS NULL AND file_hash = @hash", ask => StoreReader.Add(ask, "hash", hash), cancel);

    public async Task<RecordedStatement?> StatementAsync(string number, CancellationToken cancel) =>
        await OneAsync<RecordedStatement>(
            StatementsTables.Statement, "FROM bank_statement WHERE to_sequence IS NULL AND lane = @lane AND root = @root AND number = @number",
            ask => At(ask, AccountOf(number), number), cancel);

    public async Task<StatementLine?> LineAsync(string number, CancellationToken cancel) =>
        await OneAsync<StatementLine>(
            StatementsTables.Line, "FROM bank_line WHERE to_sequence IS NULL AND lane = @lane AND root = @root AND number = @number",
            ask => At(ask, AccountOf(number), number), cancel);

    /// <summary>The lines of one account that wait for a receipt, oldest first.</summary>
    public async Task<IReadOnlyList<StatementLine>> OpenLinesAsync(string account, CancellationToken cancel) =>
        await ListAsync<StatementLine>(
            StatementsTables.Line, "FROM bank_line WHERE to_sequence IS NULL AND live AND lane = @lane AND root = @root ORDER BY day, number",
            ask => At(ask, account, ""), cancel);

    /// <summary>The lines of all accounts that wait, the longest waiting first.</summary>
    public async Task<IReadOnlyList<StatementLine>> WaitingAsync(int skip, int most, CancellationToken cancel) =>
        (await WaitingAsync(null, null, null, false, skip, most, cancel)).Found;

    /// <summary>The same, those whose words, name, account or references contain the text.</summary>
    /// <param name="weigh">Makes amounts of several currencies comparable.</param>
    /// <param name="by">One of <see cref="WaitingSorting"/>; null for the longest waiting first.</param>
    public async Task<(IReadOnlyList<StatementLine> Found, int Total)> WaitingAsync(
        string? text, Func<string, string>? weigh, string? by, bool descending, int skip, int most, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        return await new Wanted(reader).And("live").Containing(text, "counterparty", "counterparty_account", "remittance", "creditor_reference")
            .PageAsync(StatementsTables.Line, WaitingSorting.Sql(by, descending, weigh), skip, most, cancel);
    }

    /// <summary>The same behind one of them.</summary>
    /// <param name="last">Day and number; null from the beginning.</param>
    public Task<IReadOnlyList<StatementLine>> WaitingAfterAsync((DateOnly Day, string Number)? last, int most, CancellationToken cancel) => ListAsync(
        StatementsTables.Line, "FROM bank_line WHERE to_sequence IS NULL AND live AND (day, number) > (@day, @number) ORDER BY day, number LIMIT @most",
        (reader, ask) =>
        {
            StoreReader.Add(ask, "day", reader.DateParameter(last?.Day ?? DateOnly.MinValue));
            StoreReader.Add(ask, "number", last?.Number ?? "");
            StoreReader.Add(ask, "most", most);
        },
        cancel);

    /// <summary>Lines of the same account that became receipts and have the amount that a reversal takes back, in the year before it, the latest first; those that another
    /// reversal has taken back left out.</summary>
    public async Task<IReadOnlyList<StatementLine>> ReceivedAsync(StatementLine reversal, CancellationToken cancel)
    {
        var found = await ListAsync(
            StatementsTables.Line,
            "FROM bank_line WHERE to_sequence IS NULL AND lane = @lane AND root = @root AND day >= @from AND day <= @to AND state = @state AND amount IN (@amount, -@amount) "
            + "ORDER BY day DESC, number",
            (reader, ask) =>
            {
                At(ask, reversal.Account, "");
                StoreReader.Add(ask, "from", reader.DateParameter(reversal.Day.AddYears(-1)));
                StoreReader.Add(ask, "to", reader.DateParameter(reversal.Day));
                StoreReader.Add(ask, "state", Words.Of(LineState.Matched));
                StoreReader.Add(ask, "amount", -reversal.Amount);
            },
            cancel);
        var gone = found.Where(line => line.Amount < 0).Select(line => line.Receipt).ToHashSet(StringComparer.Ordinal);
        return [.. found.Where(line => line.Amount > 0 && !gone.Contains(line.Receipt))];
    }

    /// <summary>How many lines wait, and what they come to, by currency.</summary>
    public async Task<IReadOnlyList<(int Lines, Money Amount)>> WaitingSumsAsync(CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var ask = reader.Command(
            "SELECT currency, count(*), CAST(sum(amount) AS BIGINT) FROM bank_line WHERE to_sequence IS NULL AND live GROUP BY currency ORDER BY currency");
        await using var rows = await ask.ExecuteReaderAsync(cancel);
        var sums = new List<(int, Money)>();
        while (await rows.ReadAsync(cancel)) sums.Add((rows.GetInt32(1), new Money(rows.GetInt64(2), Currency.Of(rows.GetString(0)))));
        return sums;
    }

    /// <summary>Statements, those that reach furthest first.</summary>
    /// <param name="account">Null for all.</param>
    /// <param name="check">Only those whose balances stand so; null for all.</param>
    /// <param name="from">Only those that reach to this day or further; null for all.</param>
    /// <param name="by">One of <see cref="StatementSorting"/>.</param>
    public async Task<(IReadOnlyList<RecordedStatement> Found, int Total)> StatementsAsync(
        string? account, int skip, int most, CancellationToken cancel, BalanceCheck? check = null, DateOnly? from = null, DateOnly? to = null, string? by = null,
        bool descending = false)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var wanted = new Wanted(reader).Is("balances", check).And("to_day >= @from_day", "from_day", from).And("from_day <= @until", "until", to);
        if (account is not null) wanted.With("lane", Lane.Of(BankAccount.PartyOf(account))).And("lane = @lane AND root = @root", "root", BankAccount.PartyOf(account));
        return await wanted.PageAsync(StatementsTables.Statement, StatementSorting.Sql(by, descending), skip, most, cancel);
    }

    /// <summary>Lines, the latest day first.</summary>
    /// <param name="statement">Those that it brought; null for all.</param>
    /// <param name="text">What their words, name, account or references contain; null for all.</param>
    /// <param name="by">One of <see cref="LineSorting"/>.</param>
    public async Task<(IReadOnlyList<StatementLine> Found, int Total)> LinesAsync(
        string? account, string? statement, LineState? state, int skip, int most, CancellationToken cancel, string? text = null, string? by = null, bool descending = false)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var wanted = new Wanted(reader).Is("state", state).And("statement = @statement", "statement", statement)
            .Containing(text, "counterparty", "counterparty_account", "remittance", "creditor_reference", "end_to_end", "bank_reference");
        if ((account ?? (statement is null ? null : AccountOf(statement))) is { } at)
            wanted.With("lane", Lane.Of(BankAccount.PartyOf(at))).And("lane = @lane AND root = @root", "root", BankAccount.PartyOf(at));
        return await wanted.PageAsync(StatementsTables.Line, LineSorting.Sql(by, descending), skip, most, cancel);
    }

    /// <summary>All lines of an account around these days, its statements, and the number of the root's last entry at that moment.</summary>
    public async Task<(long Sequence, ImmutableArray<StatementLine> Lines, ImmutableArray<RecordedStatement> Statements)> KnownAsync(
        string account, (DateOnly From, DateOnly To)? days, CancellationToken cancel)
    {
        await using var reader = await store.SnapshotAsync(cancel);
        var sequence = (await reader.RootAsync(BankAccount.PartyOf(account), cancel))?.Sequence ?? 0;
        if (days is not { } told) return (sequence, [], []);
        var (from, to) = SeenBefore.Around(told);
        await using var ask = reader.Command(
            $"SELECT {StatementsTables.Line.ColumnList} FROM bank_line WHERE to_sequence IS NULL AND lane = @lane AND root = @root "
            + "AND day >= @from AND day <= @to ORDER BY day, length(number), number");
        At(ask, account, "");
        StoreReader.Add(ask, "from", reader.DateParameter(from));
        StoreReader.Add(ask, "to", reader.DateParameter(to));
        return (
            sequence, [.. (await reader.RowsAsync(ask, StatementsTables.Line, cancel)).Cast<StatementLine>()],
            [.. (await reader.CurrentAsync(StatementsTables.Statement, BankAccount.PartyOf(account), cancel)).Cast<RecordedStatement>()]);
    }

    /// <summary>Numbers of statements and lines begin with their account's, which has no point.</summary>
    public static string AccountOf(string number) => number.Split('.')[0];

    static void At(DbCommand ask, string account, string number)
    {
        StoreReader.Add(ask, "lane", Lane.Of(BankAccount.PartyOf(account)));
        StoreReader.Add(ask, "root", BankAccount.PartyOf(account));
        if (number.Length > 0) StoreReader.Add(ask, "number", number);
    }

    async Task<TRow?> OneAsync<TRow>(Table<TRow> table, string from, Action<DbCommand> with, CancellationToken cancel) where TRow : class =>
        await ListAsync(table, from, with, cancel) is [var found, ..] ? found : null;

    Task<IReadOnlyList<TRow>> ListAsync<TRow>(Table<TRow> table, string from, Action<DbCommand> with, CancellationToken cancel) where TRow : class =>
        ListAsync(table, from, (_, ask) => with(ask), cancel);

    async Task<IReadOnlyList<TRow>> ListAsync<TRow>(Table<TRow> table, string from, Action<StoreReader, DbCommand> with, CancellationToken cancel) where TRow : class
    {
        await using var reader = await store.SnapshotAsync(cancel);
        await using var ask = reader.Command($"SELECT {table.ColumnList} {from}");
        with(reader, ask);
        return [.. (await reader.RowsAsync(ask, table, cancel)).Cast<TRow>()];
    }
}
