namespace Aval.Company;

/// <summary>What is done for the company as a whole once a business day has come, after what was due at each customer.</summary>
/// <remarks>It may be asked several times a day, and by several nodes: what is done already is left.</remarks>
public interface IDayRound
{
    Task RunAsync(CancellationToken cancel);
}
