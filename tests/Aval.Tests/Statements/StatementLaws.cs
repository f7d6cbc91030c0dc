using System.Text;
using Aval.Statements.Rules;
using FsCheck;
using FsCheck.Fluent;

namespace Aval.Tests.Statements;

/// <summary>What is written, read and written again agrees; what was cut off or changed on the way is never taken for something else.</summary>
public sealed class StatementLaws
{
    [Fact]
    public void A_camt_file_tells_what_was_written() => Law(seed =>
    {
        var statement = new AnyStatement(seed).Next(StatementFormat.Camt053, batches: true, reversals: true);
        foreach (var version in new[] { 1, 2, 4, 8, 10 })
        {
            var text = Written.Camt053([statement], version);
            var read = Assert.Single(Read(text));
            Assert.Equal(Facts(statement), Facts(read));
            Assert.Equal(BalanceCheck.Agrees, Balances.Check(read));
            Assert.Equal(text, Written.Camt053([read], version));
        }
    });

    [Fact]
    public void A_SWIFT_file_tells_what_was_written() => Law(seed =>
    {
        var statement = new AnyStatement(seed).Next(StatementFormat.Mt940, reversals: true);
        var text = Written.Mt940([statement, statement with { Number = "401" }]);
        var read = Read(text);
        Assert.Equal(2, read.Length);
        Assert.Equal(Facts(statement, bookedBesideRemittance: true), Facts(read[0]));
        Assert.All(read, each => Assert.Equal(BalanceCheck.Agrees, Balances.Check(each)));
        var again = Read(Written.Mt940(read));
        Assert.Equal(read.Select(each => Facts(each)), again.Select(each => Facts(each)));
    });

    [Fact]
    public void A_BAI2_file_tells_what_was_written() => Law(seed =>
    {
        var statement = new AnyStatement(seed).Next(StatementFormat.Bai2, oneDay: true);
        var read = Assert.Single(Read(Written.Bai2(statement)));
        Assert.Equal(BalanceCheck.Agrees, Balances.Check(read));
        Assert.Equal(
            statement.Entries.Select(entry => (Line(entry), entry.Parts[0].EndToEnd, entry.Parts[0].Counterparty, entry.Parts[0].CounterpartyAccount)),
            read.Entries.Select(entry => (Line(entry), entry.Parts[0].EndToEnd, entry.Parts[0].Counterparty, entry.Parts[0].CounterpartyAccount)));
        Assert.Equal(statement.Entries.Select(entry => entry.Parts[0].Remittance ?? "WIRE"), read.Entries.Select(entry => entry.Parts[0].Remittance));
    });

    [Fact]
    public void A_CSV_file_tells_what_was_written() => Law(seed =>
    {
        var statement = new AnyStatement(seed).Next(StatementFormat.Csv);
        var mapping = Written.CsvMapping(statement.Account, statement.Currency);
        var read = Assert.Single(StatementFile.Read(Encoding.UTF8.GetBytes(Written.Csv(statement)), [mapping]).Statements);
        Assert.Equal(BalanceCheck.Agrees, Balances.Check(read));
        Assert.Equal(statement.Opening!.Minor, read.Opening!.Minor);
        var told = statement.Entries.Select(entry => entry with { Code = null, Parts = [entry.Parts[0] with { CustomerReference = null }] });
        Assert.Equal(Facts(statement with { Number = null, Entries = [.. told] }), Facts(read));
    });

    [Fact]
    public void A_file_that_ends_too_early_is_refused_or_holds_whole_statements_only() => Law(seed =>
    {
        var any = new AnyStatement(seed);
        var statements = new[] { any.Next(StatementFormat.Mt940), any.Next(StatementFormat.Mt940) };
        string[] files = [Written.Camt053(statements), Written.Mt940(statements), Written.Bai2(any.Next(StatementFormat.Bai2, oneDay: true))];
        foreach (var file in files)
        {
            var whole = Read(file).SelectMany(statement => statement.Entries).Select(Line).ToList();
            var bytes = Encoding.UTF8.GetBytes(file);
            for (var length = 0; length < bytes.Length; length += 1 + (bytes.Length / 150))
            {
                var cut = StatementFile.Read(bytes.AsMemory(0, length));
                if (cut.Fault is not null || cut.Statements.Any(statement => Balances.Differences(statement).Any())) continue;
                var told = cut.Statements.SelectMany(statement => statement.Entries).Select(Line).ToList();
                Assert.Equal(whole.Take(told.Count), told);
                Assert.All(cut.Statements, statement => Assert.True(statement.Entries.IsEmpty || Balances.Check(statement) == BalanceCheck.Agrees));
            }
        }
    }, 15);

    [Fact]
    public void A_changed_letter_never_changes_what_the_entries_sum_to() => Law(seed =>
    {
        var any = new AnyStatement(seed);
        var random = new Random(seed);
        var statement = any.Next(StatementFormat.Mt940);
        string[] files = [Written.Camt053([statement]), Written.Mt940([statement]), Written.Bai2(any.Next(StatementFormat.Bai2, oneDay: true))];
        foreach (var file in files)
        {
            var sum = Read(file).Sum(each => each.Entries.Sum(entry => entry.Amount));
            for (var i = 0; i < 200; i++)
            {
                var bytes = Encoding.UTF8.GetBytes(file);
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                var read = StatementFile.Read(bytes);
                if (read.Fault is null && read.Statements.All(each => Balances.Check(each) == BalanceCheck.Agrees))
                    Assert.True(sum == read.Statements.Sum(each => each.Entries.Sum(entry => entry.Amount)), "another sum was read");
            }
        }
    }, 15);

    static System.Collections.Immutable.ImmutableArray<BankStatement> Read(string text)
    {
        var read = StatementFile.Read(Encoding.UTF8.GetBytes(text));
        Assert.Null(read.Fault);
        return read.Statements;
    }

    static (DateOnly?, DateOnly?, long, string?) Line(BankEntry entry) => (entry.Booked, entry.Value, entry.Amount, entry.BankReference);

    /// <summary>All that matters of a statement, without the lines of the file.</summary>
    static string Facts(BankStatement told, bool bookedBesideRemittance = false) =>
        $"{told.Account} {told.Currency} {told.Number} {told.Opening?.Minor} {told.Closing?.Minor} {told.Entries.Length}\n"
        + string.Join('\n', told.Entries.Select(entry =>
            $"{entry.Booked} {entry.Value} {entry.Amount} {entry.Reversal} {entry.BankReference} {entry.Code} "
            + string.Join(" | ", entry.Parts.Select(part => bookedBesideRemittance && part.Remittance is null ? part with { Remittance = "GUTSCHRIFT" } : part))));

    static void Law(Action<int> law, int most = 40) => Prop.ForAll(ArbMap.Default.ArbFor<int>(), law).Holds(most);
}
