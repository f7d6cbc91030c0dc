namespace Aval.Kernel;

/// <summary>Lets nobody wait long for an answer: while the database hangs no connection breaks, and nothing else would end the wait.</summary>
sealed class InTime(TimeSpan patience)
{
    int batches;
    volatile bool isInVain;

    /// <summary>A batch is under way.</summary>
    public void Begin() => Interlocked.Increment(ref batches);

    /// <summary>A batch has ended, well or badly: the database is not silent, or the next one finds out.</summary>
    public void End()
    {
        isInVain = false;
        Interlocked.Decrement(ref batches);
    }

    /// <summary>The answer, or in time that there is none yet.</summary>
    public async Task<Answer> AnswerAsync(Func<Task<Answer>> submit)
    {
        if (isInVain && Volatile.Read(ref batches) > 0)
            return KernelProblems.StoreUnavailable.With($"Others have waited {Seconds} seconds in vain; try again with the same number.");
        var answered = submit();
        try
        {
            return await answered.WaitAsync(patience);
        }
        catch (TimeoutException) when (!answered.IsCompleted)
        {
            isInVain = true;
            return KernelProblems.StoreUnavailable.With($"This was not stored within {Seconds} seconds, and may still be; ask again with the same number to learn the outcome.");
        }
    }

    long Seconds => (long)Math.Ceiling(patience.TotalSeconds);
}
