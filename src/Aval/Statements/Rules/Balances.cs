using System.Collections.Immutable;
using Aval.Kernel;

namespace Aval.Statements.Rules;

/// <summary>How a statement's balances agree with its entries.</summary>
public enum BalanceCheck
{
    /// <summary>Opening balance and entries give the closing balance.</summary>
    Agrees,
    /// <summary>They do not, or another total of the bank's is contradicted.</summary>
    Differs,
    /// <summary>The file has no two balances to compare.</summary>
    NotTold,
}

/// <summary>Opening balance + entries = closing balance.</summary>
public static class Balances
{
    public static BalanceCheck Check(BankStatement statement) =>
        Differences(statement).Any() ? BalanceCheck.Differs
        : statement.Opening is null || statement.Closing is null ? BalanceCheck.NotTold
        : BalanceCheck.Agrees;

    /// <summary>What does not agree, one sentence each.</summary>
    public static IEnumerable<Wording> Differences(BankStatement statement)
    {
        foreach (var told in statement.Differences) yield return told;
        if (statement is not { Opening: { } opening, Closing: { } closing }) yield break;
        if (opening.Currency != statement.Currency || closing.Currency != statement.Currency)
        {
            yield return $"the balances are in {opening.Currency} and {closing.Currency}, the entries in {statement.Currency}";
            yield break;
        }

        var booked = statement.Entries.Sum(entry => entry.Amount);
        if (opening.Minor + booked != closing.Minor)
        {
            var (begins, entries, ends) = (Money(opening), new Money(booked, statement.Currency), Money(closing));
            yield return $"opening balance {begins} and entries of {entries} give {new Money(opening.Minor + booked, statement.Currency)}, but the closing balance is {ends}";
        }
    }

    static Money Money(Balance told) => new(told.Minor, told.Currency);
}

/// <summary>Pages of one statement are one statement.</summary>
public static class Pages
{
    /// <summary>Joins what follows one another in a file: same account, currency and number, the page after, and the balance with which the page before ended.</summary>
    public static ImmutableArray<BankStatement> Join(IEnumerable<BankStatement> read)
    {
        var joined = new List<BankStatement>();
        foreach (var page in read)
            if (joined.Count > 0 && Continues(joined[^1], page)) joined[^1] = Joined(joined[^1], page);
            else joined.Add(page with { Differences = page.Differences.AddRange(Gap(joined, page)) });
        return [.. joined];
    }

    /// <summary>Why a page of a numbered statement does not follow what was recorded; null where it does, or where nothing says that it must.</summary>
    /// <param name="before">The page before it, with the balance in minor units with which it ended; null where it is not known.</param>
    public static Wording? Missing(BankStatement page, (int? Page, long? Closing)? before)
    {
        if (page.FirstPage is not (> 1 and var first) || page.Number is not { } number) return null;
        if (before is null) return page.BeginsBetween || page.Format == StatementFormat.Mt942 ? Missing(page, number, first) : null;
        if (before.Value.Closing is not { } closing || page.Opening is not { } opening || closing == opening.Minor) return null;
        var (ended, begins) = (new Money(closing, page.Currency), new Money(opening.Minor, opening.Currency));
        return $"page {number}/{first - 1} ended with {ended}, page {number}/{first} begins with {begins}";
    }

    /// <summary>What a page of the file contradicts of the page before it in the same file.</summary>
    static IEnumerable<Wording> Gap(List<BankStatement> read, BankStatement page)
    {
        if (page is not { Page: { } number, Number: { } of, BeginsBetween: true }) yield break;
        var before = read.FindLast(other => other.Format == page.Format && other.Account == page.Account && other.Currency == page.Currency && other.Number == of);
        if (before?.Page is not { } last || last >= number) yield break;
        if (last + 1 < number) yield return $"page {of}/{last + 1} is missing between page {of}/{last} and page {of}/{number}";
        else if (Missing(page, (last, before.Closing?.Minor)) is { } apart) yield return apart;
    }

    static Wording Missing(BankStatement page, string number, int first)
    {
        if (page.Opening is not { } opening) return $"page {number}/{first - 1} is missing before page {number}/{first}";
        var begins = new Money(opening.Minor, opening.Currency);
        return $"page {number}/{first - 1} is missing before page {number}/{first}, which begins with {begins}";
    }

    static bool Continues(BankStatement before, BankStatement page) =>
        before.Format == page.Format && before.Account == page.Account && before.Currency == page.Currency && before.Number == page.Number
        && before.Page is { } number && page.Page == number + 1
        && (before.Closing is null || page.Opening is null
            || (before.Closing.Minor == page.Opening.Minor && before.Closing.Currency == page.Opening.Currency));

    static BankStatement Joined(BankStatement before, BankStatement page) => before with
    {
        Page = page.Page, IsLastPage = page.IsLastPage, Opening = before.Opening ?? page.Opening, Closing = page.Closing,
        Entries = before.Entries.AddRange(page.Entries), Pending = before.Pending + page.Pending, Differences = before.Differences.AddRange(page.Differences),
    };
}
